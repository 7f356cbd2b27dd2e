"""Trains, measures and exports EmotionStream's face detector (models/face.onnx)."""
