// What our Haraka does at each port, which SERVICES gives: {"busy": 2525, …}. Loaded by Haraka, which lends the words
// OK, DENY, DENYSOFT and DENYSOFTDISCONNECT.
const services = JSON.parse(process.env.SERVICES);
const at = (connection, name) => connection.local.port === services[name];

exports.hook_connect = (next, connection) =>
  at(connection, 'busy') ? next(DENYSOFTDISCONNECT, 'Too many connections, try again later') : next();

exports.hook_mail = (next, connection) => (at(connection, 'down') ? next(DENYSOFTDISCONNECT, 'Shutting down') : next());

exports.hook_rcpt = (next, connection, [recipient]) => {
  if (at(connection, 'defer')) return next(DENYSOFT, 'Greylisted, try again later');
  if (connection.relaying) return next(OK);
  if (recipient.host !== 'mail.example.test') return next();
  return recipient.user === 'ops' ? next(OK) : next(DENY, `No such user: ${recipient.user}`);
};
