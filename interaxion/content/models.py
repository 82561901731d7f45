"""The tables of the engine, gathered where Django looks for them. Each model is defined in the module of its rules."""

from interaxion.content.changes.changes import Change, ChangedRow
from interaxion.content.checks.problem_counts import ProblemCount
from interaxion.content.collecting.collected_link import CollectedLink
from interaxion.content.files.models import StoredFile
from interaxion.content.importing.imported import ImportedFile
from interaxion.content.jobs.job import Job
from interaxion.content.linking.health import LinkStatus
from interaxion.content.linking.links import Link
from interaxion.content.linking.works import StatedForm, Work, WorkAuthor
from interaxion.content.mail.mail_choice import MailChoice
from interaxion.content.parts.part import Part
from interaxion.content.paths import Path
from interaxion.content.publishing.desk_settings import DeskSettings
from interaxion.content.publishing.log import LogEntry
from interaxion.content.publishing.revisions import Revision
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.publishing.working_copies import WorkingCopy
from interaxion.content.remarks.remark import Remark
from interaxion.content.search.rows import SearchRow
from interaxion.content.search.synonyms import Synonyms
from interaxion.content.tags import Tag, TaggedItem

__all__ = [
    "Change", "ChangedRow", "CollectedLink", "DeskSettings", "ImportedFile", "Job", "Link", "LinkStatus", "LogEntry",
    "MailChoice", "Part", "Path", "ProblemCount", "Remark", "Revision", "SearchRow", "SiteState", "StatedForm",
    "StoredFile", "Synonyms", "Tag", "TaggedItem", "Work", "WorkAuthor", "WorkingCopy",
]  # fmt: skip
