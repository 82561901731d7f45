// A page that has moved, in a site of plain files: on to its address, with the query and the place of this one.
const { href } = document.querySelector("link[rel=canonical]");
const to = new URL(href);
to.search ||= location.search;
to.hash ||= location.hash;
location.replace(to);
