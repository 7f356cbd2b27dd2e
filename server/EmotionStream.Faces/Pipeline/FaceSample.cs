using EmotionStream.Faces.Emotion;

namespace EmotionStream.Faces.Pipeline;

/// <summary>One face of one picture on its way through the emotion model; where vision and inference meet.</summary>
/// <remarks>A slot of its picture, filled again for each frame.</remarks>
internal sealed class FaceSample(Picture picture, EmotionReading reading)
{
    public Picture Picture => picture;

    /// <summary>48x48 gray pixels, as the emotion model sees the face.</summary>
    public byte[] Pixels { get; } = new byte[EmotionModelShape.FaceSide * EmotionModelShape.FaceSide];

    public TrackedFace Face { get; set; }

    /// <summary>What the model remembers of this face.</summary>
    public RecurrentState State { get; set; } = RecurrentState.None;

    public EmotionReading Reading => reading;
}
