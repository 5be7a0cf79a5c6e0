#!/bin/sh
# Fails when the build generated something else than what is committed or staged. Without git (a source archive, say) there
# is nothing to compare with.
command -v git >/dev/null 2>&1 && git rev-parse --is-inside-work-tree >/dev/null 2>&1 || exit 0
changed=$(git ls-files --modified --deleted --others --exclude-standard -- src/generated)
[ -z "$changed" ] && exit 0
echo "The build has generated other sources than the committed ones. Look at them and add them:" >&2
echo "$changed" >&2
exit 1
