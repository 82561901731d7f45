"""The page of the desk where a transcript is corrected beside the audio."""
