"""Names and orders of the classes; ours is fixed by the wire contract."""

LABELS = ("neutral", "happy", "surprise", "sad", "angry", "disgust", "fear", "contempt")

# FER+ writes its columns in our order but with other words.
FERPLUS_COLUMNS = ("neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt")
FERPLUS_OTHER_COLUMNS = ("unknown", "not_a_face")

# FER2013 has no contempt; -1 marks a picture without a FER2013 label.
FER2013_CLASSES = 7
FER2013_MISSING = -1
