# The page of report-html in Debian's Chromium, driven by playwright-core: html_report NODE.

# tsx, because the certificates are made as those of the tests are.
html_report() {
  chromium --version
  CHROMIUM=$(command -v chromium) SMTP_GATE_NODE=$1 "$1" --import tsx --test .ci/html.mjs
}
