# The metrics of report-metrics, as Prometheus' own tools read them: metrics_tools DIR, metrics_report NODE. promtool,
# node_exporter and the Pushgateway are Debian's, the parser of OpenMetrics comes from PyPI.
METRICS_PARSER=prometheus_client==0.26.0
metrics_packages=(promtool:prometheus prometheus-node-exporter:prometheus-node-exporter
  prometheus-pushgateway:prometheus-pushgateway curl:curl)

metrics_tools() {
  metrics_parser=$1
  pip3 install --quiet --disable-pip-version-check --root-user-action ignore --no-deps --only-binary :all: \
    --target "$metrics_parser" "$METRICS_PARSER"
}

# tsx, because the certificate is made as those of the tests are.
metrics_report() {
  promtool --version
  PYTHONPATH=$metrics_parser SMTP_GATE_NODE=$1 "$1" --import tsx --test .ci/metrics.mjs
}
