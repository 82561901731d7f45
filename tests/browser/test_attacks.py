"""Every attack, stored as a post and opened in a real browser: nothing runs, nothing is asked for, nothing gets out."""

import pytest
from django.core.exceptions import ValidationError

from interaxion.content.saving.storing import store
from tests.factories import make_post
from tests.text.markdown.attacks import ATTACKS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: What the page is beside the text of the post: it must be the same whatever that text is.
AROUND = """() => {
  const page = document.documentElement.cloneNode(true);
  page.querySelectorAll(".prose").forEach((box) => box.replaceChildren());
  page.querySelectorAll("meta, title, .lead, script[type='application/ld+json']").forEach((each) => each.remove());
  return page.outerHTML;
}"""
#: Everything that a visitor may do without leaving the page, and what must not be there to be done.
PROVOKE = """() => {
  const found = [];
  for (const each of document.querySelectorAll(".prose *")) {
    for (const kind of ["mouseover", "mouseenter", "focus", "blur", "error", "load", "toggle", "animationstart"])
      each.dispatchEvent(new Event(kind, { bubbles: false }));
    each.focus();
    if (each.hasAttribute("href") && !/^(https?|mailto):$/.test(each.protocol)) found.push(each.outerHTML);
    if (["fixed", "sticky"].includes(getComputedStyle(each).position)) found.push(each.outerHTML);
    for (const name of each.getAttributeNames()) if (/^on|^style$/.test(name)) found.push(each.outerHTML);
  }
  return found;
}"""


def test_no_attack_does_anything_in_a_real_page(browser, live_server):
    post = make_post(title="題", body="本文\n", summary="要約", live=True, path="/blog/attack")
    asked, said, complaints, refused = [], [], [], 0
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda problem: complaints.append(str(problem)))
    page.on("console", lambda message: complaints.append(message.text) if "Security Policy" in message.text else None)
    page.goto(post.path)
    around = page.evaluate(AROUND)

    for attack in ATTACKS:
        post.body = f"前の段落。\n\n{attack}\n\n- {attack}\n\nあとの段落。\n"
        try:
            store(post, user=None)
        except ValidationError:
            refused += 1  # invisible characters do not even get in
            continue
        asked.clear()

        page.goto(post.path)

        assert page.evaluate(PROVOKE) == [], attack
        assert page.evaluate(AROUND) == around, attack
        assert [url for url in asked if not url.startswith(live_server.url)] == [], attack
        assert (said, complaints) == ([], []), attack
    context.close()
    assert len(ATTACKS) - refused >= 150
