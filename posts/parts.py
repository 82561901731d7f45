"""The part of a post: its row in lists, made when it is saved."""

from django.template.loader import render_to_string

from interaxion.content.parts.registry import ROW, register_part
from posts.models import Post, PostQuerySet


@register_part(Post, ROW, load=PostQuerySet.for_lists)
def post_row(post: Post) -> str:
    return render_to_string("parts/post_row.html", {"post": post})
