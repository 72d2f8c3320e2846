# The servers of docs/comparison.md before the gate and before other checks: compare. It fails when the gate is wrong about
# one of them; the page is not written, and no time is compared. nodemailer comes with `npm ci`, the others are Debian's.
compare_packages=(nc.openbsd:netcat-openbsd swaks:swaks prometheus-blackbox-exporter:prometheus-blackbox-exporter)
# Its command is in no folder of PATH.
compare_more=(monitoring-plugins-basic)

compare() { npm run compare; }
