"""The pages of posts and their categories."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from posts.models import Category, Post


def post_page(request: HttpRequest, pk: int) -> HttpResponse:
    return render_post(request, get_object_or_404(Post.objects.live().with_details(), pk=pk))


def render_post(request: HttpRequest, post: Post) -> HttpResponse:
    """The page of a post that may be seen, live or in a preview."""
    return render(request, "posts/post.html", {"post": post})


def category_page(request: HttpRequest, pk: int) -> HttpResponse:
    category = get_object_or_404(Category, pk=pk)
    pages = Paginator(Post.objects.live().filter(category=category).newest_first().for_lists(), 50)
    return render(
        request, "posts/category.html", {"category": category, "page": pages.get_page(request.GET.get("page"))}
    )
