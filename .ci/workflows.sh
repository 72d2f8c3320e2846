# What checks the workflows, and what runs them: workflows_tools DIR, workflows_lint, workflows_run NODE. actionlint and
# act are built by Go, zizmor comes from PyPI; where one cannot be had, its stage says so and is not run.
ACTIONLINT=github.com/rhysd/actionlint/cmd/actionlint@v1.7.12
ACT=github.com/nektos/act@v0.2.89
ZIZMOR=zizmor==1.32.0

workflows_tools() {
  workflows_bin=$1
  mkdir -p "$workflows_bin"
  # Go's own caches are used, so that a machine builds them once.
  GOBIN=$workflows_bin go install "$ACTIONLINT" && GOBIN=$workflows_bin go install "$ACT" ||
    echo 'Go does not provide actionlint and act'
  need pip3:python3-pip || echo 'apt does not provide pip'
  local pip=(pip3 install --quiet --disable-pip-version-check --root-user-action ignore --no-deps --only-binary :all:)
  "${pip[@]}" --target "$workflows_bin/pip" "$ZIZMOR" && ln -sf pip/bin/zizmor "$workflows_bin/zizmor" ||
    echo 'pip does not provide zizmor'
}

# workflows_have TOOL: whether it is there; says so where it is not.
workflows_have() { [ -x "$workflows_bin/$1" ] || { echo "not run: $1 cannot be had here" && return 1; }; }

workflows_lint() {
  # Without shellcheck and pyflakes, which some machines have and others do not.
  ! workflows_have actionlint || {
    local actionlint=("$workflows_bin/actionlint" -shellcheck= -pyflakes=)
    "${actionlint[@]}"
    # The documents' snippets, in a repository whose action is ours.
    npx tsx scripts/snippets.ts "$work/snippets"
    (cd "$work/snippets" && "${actionlint[@]}")
  }
  ! workflows_have zizmor ||
    "$workflows_bin/zizmor" --offline --pedantic --strict-collection --no-progress .github action.yml deliver merge .ci/act
}

workflows_run() {
  workflows_have act || return 0
  # The actions of a workflow run on the node of PATH.
  PATH="$(dirname "$1"):$PATH" SMTP_GATE_ACT=$workflows_bin/act node --test .ci/act.mjs
}
