"""Training of the emotion model: CNN, temporal part, calibration and export."""
