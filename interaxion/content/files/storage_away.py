"""The storage of media does not answer. Sites with their media on disk never see this."""


class StorageAway(Exception):
    """No answer, or a refusal: not the same as a file that is not there."""
