"""The upload handler: a file above the limit never fills the disk."""

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from interaxion.content.files.limits import MOST_FILE_BYTES


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Reads the whole request, so that the form can report the size; of a file above the limit it keeps no bytes."""

    most_bytes = MOST_FILE_BYTES

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= self.most_bytes:
            self.file.write(raw_data)
        elif start <= self.most_bytes:
            self.file.seek(0)
            self.file.truncate()
