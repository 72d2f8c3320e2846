# The recipes of docs/other-pipelines.md: recipes_tools DIR, recipes NODE. The schemas of GitLab CI, Compose and Kubernetes
# come with packages of PyPI; systemd-analyze is Debian's systemd. For a Jenkinsfile there is no check without a Jenkins.
RECIPE_TOOLS=(check-jsonschema==0.39.0 kubernetes-validate==1.37.0)

recipes_tools() {
  export RECIPE_TOOLS_DIR=$1
  pip3 install --quiet --disable-pip-version-check --root-user-action ignore --only-binary :all: --target "$1" \
    "${RECIPE_TOOLS[@]}"
}

recipes() {
  SMTP_GATE_NODE=$1 "$1" --import tsx --test .ci/recipes.mjs
}
