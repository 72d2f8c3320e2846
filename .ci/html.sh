# The page of report-html in a browser: html_report NODE. Debian's Chromium, driven by playwright-core.

chromium() {
  need chromium:chromium
  chromium_binary=$(command -v chromium)
  "$chromium_binary" --version
}

# tsx, because the certificates are those of the tests.
html_report() { CHROMIUM=$chromium_binary SMTP_GATE_NODE=$1 "$1" --import tsx --test .ci/html.mjs; }
