"""Transcripts as files: WebVTT, SubRip and JSON, read into cues and written from them. No Django."""
