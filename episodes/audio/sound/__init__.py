"""How uploaded audio sounds: loudness, peaks and silence, measured by ffmpeg in a job."""
