namespace EmotionStream.Faces;

/// <summary>A rectangle around a face, in pixels of the decoded picture; it may reach past the picture's edge.</summary>
internal readonly record struct FaceBox(float X, float Y, float Width, float Height)
{
    public float CenterX => X + (Width / 2);

    public float CenterY => Y + (Height / 2);

    public float Area => Width * Height;

    /// <summary>x, y, width and height in other units, such as 0..1 of the picture.</summary>
    public float[] Scaled(float scaleX, float scaleY) => [X * scaleX, Y * scaleY, Width * scaleX, Height * scaleY];

    /// <summary>Intersection over union: 1 for the same rectangle, 0 for rectangles apart.</summary>
    public float Overlap(in FaceBox other) => Shared(other) is var shared and > 0 ? shared / (Area + other.Area - shared) : 0;

    /// <summary>How much of the smaller of two rectangles lies in the other: 1 where one holds all of the other.</summary>
    public float Nesting(in FaceBox other) => Shared(other) is var shared and > 0 ? shared / Math.Min(Area, other.Area) : 0;

    private float Shared(in FaceBox other)
    {
        var width = Math.Min(X + Width, other.X + other.Width) - Math.Max(X, other.X);
        var height = Math.Min(Y + Height, other.Y + other.Height) - Math.Max(Y, other.Y);
        return width > 0 && height > 0 ? width * height : 0;
    }
}
