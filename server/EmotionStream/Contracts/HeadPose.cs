namespace EmotionStream.Contracts;

/// <summary>Which way a head faces, in degrees, from its five points; 0, 0, 0 faces the camera. Errs by about 5 degrees.</summary>
/// <param name="Yaw">Above 0: turned to the right of the picture, the person's own left.</param>
/// <param name="Pitch">Above 0: raised, looking up.</param>
/// <param name="Roll">Above 0: leaning clockwise in the picture, towards the person's own left shoulder.</param>
public sealed record HeadPose(float Yaw, float Pitch, float Roll);
