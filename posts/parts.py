"""The part of a post: its row in lists, made when it is saved."""

from django.template.loader import render_to_string

from interaxion.content.parts.registry import ROW, register_part
from interaxion.text.japanese.shortening import first_sentence, shorten
from posts.glossary import is_stub
from posts.models import Post, PostQuerySet

#: Characters of what a row says of its post.
LONGEST = 90


def _for_row(posts: PostQuerySet) -> PostQuerySet:
    return posts.defer("html", "body").select_related("category").with_people()


@register_part(Post, ROW, load=_for_row)
def post_row(post: Post) -> str:
    """Without a summary, an entry of the glossary shows its first sentence, unless it is still to be written."""
    about = shorten(post.summary_text, LONGEST)
    if not about and post.category.is_glossary and not is_stub(post):
        headings = {heading["text"] for heading in post.outline}
        prose = "\n".join(line for line in post.text.split("\n") if line.strip() and line not in headings)
        about = first_sentence(prose, LONGEST)
    return render_to_string("parts/post_row.html", {"post": post, "about": about})
