# The page of report-html in Debian's Chromium, driven by playwright-core: browser, then html_report NODE.

browser() {
  need chromium:chromium
  chromium --version
}

# tsx, because the certificates are made as those of the tests are.
html_report() {
  CHROMIUM=$(command -v chromium) SMTP_GATE_NODE=$1 "$1" --import tsx --test .ci/html.mjs
}
