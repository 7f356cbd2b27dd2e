using EmotionStream.Faces.Emotion;
using EmotionStream.Faces.Pipeline;

namespace EmotionStream.Sessions;

/// <summary>Judges one person's readings against their rest face, before anybody sees them.</summary>
/// <remarks>
/// A camera can't tell whose face is whose, so the rest face belongs to the first face that is alone in the picture and stays with it while
/// it is followed; when it is lost, the next that is alone takes its place. Others in the picture are read as they are. Used on the
/// frames' own way, one frame at a time; allocates nothing.
/// </remarks>
internal sealed class Baseline(RestFace rest)
{
    private int? _faceId;

    public void Judge(Picture picture)
    {
        if (picture.FaceCount == 1)
        {
            _faceId = picture[0].Face.Id;
        }

        for (var i = 0; i < picture.FaceCount; i++)
        {
            if (picture[i].Face.Id == _faceId)
            {
                rest.Judge(picture[i].Reading.Emotions);
                rest.Judge(picture[i].Reading.Still);
            }
        }
    }
}
