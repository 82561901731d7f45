"""Errors that end a backup or a restore."""


class BackupRefused(Exception):
    """Nothing was written, or everything was taken back. The message is a sentence: what is wrong, and the cure."""


def reason_of(problem: Exception) -> str:
    """Return an error of the system or the database in few words: `No space left on device`."""
    if isinstance(problem, OSError) and problem.strerror:
        return f"{problem.strerror} ({problem.filename})" if problem.filename else problem.strerror
    return " ".join(str(problem).split())
