"""Files that browsers send: what is larger than anything we keep never fills the disk."""

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from interaxion.content.files.limits import MOST_FILE_BYTES


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Takes all that is sent, so that the form can say what is wrong: a file that is too large has its size alone."""

    most_bytes = MOST_FILE_BYTES

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= self.most_bytes:
            self.file.write(raw_data)
        elif start <= self.most_bytes:
            self.file.seek(0)
            self.file.truncate()
