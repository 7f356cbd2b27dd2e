using System.Numerics.Tensors;

namespace EmotionStream.Faces.Tracking;

/// <summary>A Kalman filter for one point that keeps its velocity until measured otherwise.</summary>
/// <remarks>The gains depend on ratios of variances only, so positions stay in pixels while variances are in squared face sizes.</remarks>
internal struct ConstantVelocity
{
    // Detected centers of a still face scatter by up to 3% of its size. The density was chosen by trial (0.25 to 4): above 0.5
    // slow crossings swap, because the speed kept while hidden is too noisy; sudden moves are left to the gate in Track.
    private const double MeasurementVariance = 0.03 * 0.03;
    private const double AccelerationDensity = 0.5;
    private const double FirstVelocityVariance = 2 * 2;

    private double _positionVariance;
    private double _covariance;
    private double _velocityVariance;

    /// <summary>Starts at a measured point with nothing known about its motion.</summary>
    public ConstantVelocity(double x, double y)
    {
        (X, Y) = (x, y);
        _positionVariance = MeasurementVariance;
        _velocityVariance = FirstVelocityVariance;
    }

    public double X { get; private set; }
    public double Y { get; private set; }
    private double VelocityX { get; set; }
    private double VelocityY { get; set; }

    /// <summary>How far off the point may be, as a variance in squared face sizes.</summary>
    public readonly double Variance => _positionVariance;

    /// <summary>Goes on from what <see cref="Save"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public ConstantVelocity(ReadOnlySpan<double> saved)
    {
        if (saved.Length != 7 || !double.IsFinite(TensorPrimitives.Sum(saved)))
        {
            throw new FormatException("These are not the numbers of a motion.");
        }

        (X, Y, VelocityX, VelocityY) = (saved[0], saved[1], saved[2], saved[3]);
        (_positionVariance, _covariance, _velocityVariance) = (saved[4], saved[5], saved[6]);
    }

    public readonly double[] Save() => [X, Y, VelocityX, VelocityY, _positionVariance, _covariance, _velocityVariance];

    /// <summary>Moves on by <paramref name="elapsed"/> seconds.</summary>
    public void Predict(double elapsed)
    {
        X += VelocityX * elapsed;
        Y += VelocityY * elapsed;
        _positionVariance += elapsed * ((2 * _covariance) + (elapsed * (_velocityVariance + (AccelerationDensity * elapsed / 3))));
        _covariance += elapsed * (_velocityVariance + (AccelerationDensity * elapsed / 2));
        _velocityVariance += AccelerationDensity * elapsed;
    }

    /// <summary>Stands still from now on.</summary>
    public void Stop() => (VelocityX, VelocityY) = (0, 0);

    /// <summary>Takes in a measured point.</summary>
    public void Correct(double x, double y)
    {
        var innovation = _positionVariance + MeasurementVariance;
        var positionGain = _positionVariance / innovation;
        var velocityGain = _covariance / innovation;
        var (offX, offY) = (x - X, y - Y);

        X += positionGain * offX;
        Y += positionGain * offY;
        VelocityX += velocityGain * offX;
        VelocityY += velocityGain * offY;
        _velocityVariance -= velocityGain * _covariance;
        _covariance *= 1 - positionGain;
        _positionVariance *= 1 - positionGain;
    }
}
