#!/bin/sh
# For PUBLISH_COMMAND: pushes the files of the site, which are in this folder, to the branch `gh-pages` of a repository.
#   PUBLISH_COMMAND="sh /path/to/interaxion/.deploy/push-files.sh git@github.com:show/show.github.io.git"
# A second argument is a domain of your own, such as show.example.
set -eu
repository=$1
branch=gh-pages

[ -d .git ] || git init --quiet
[ -z "${2:-}" ] || echo "$2" > CNAME
# Go on from what is there, whoever pushed it: nothing is ever forced. An empty repository has no branch yet.
if git fetch --quiet --depth 1 "$repository" "$branch" 2>/dev/null; then
    git reset --quiet --soft FETCH_HEAD
fi
git add --all
if git rev-parse --quiet --verify HEAD >/dev/null && git diff --cached --quiet; then exit 0; fi
git -c user.name=Interaxion -c user.email=interaxion@localhost commit --quiet --message "Publish the site"
git push --quiet "$repository" "HEAD:refs/heads/$branch"
