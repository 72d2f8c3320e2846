"use strict";
exports.id = 503;
exports.ids = [503];
exports.modules = {

/***/ 503:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  CATALOGUE: () => (/* binding */ CATALOGUE),
  explain: () => (/* binding */ explain)
});

// EXTERNAL MODULE: ./.build/src/words.js
var words = __webpack_require__(824);
;// CONCATENATED MODULE: ./.build/src/diagnosis/catalogue/entry.js
const PLACES = ['github-hosted', 'docker-compose', 'systemd', 'kubernetes'];
function remedy(environment, text, ...commands) {
    return { environment, text, commands };
}

// EXTERNAL MODULE: ./.build/src/shell.js
var shell = __webpack_require__(812);
;// CONCATENATED MODULE: ./.build/src/diagnosis/catalogue/phrases.js



function sayDialled(dialled) {
    return dialled.map((a) => `${a.address}: ${a.errno ?? sayOutcome(a.outcome)} after ${(0,words/* sayMs */.W)(a.tookMs)}`).join('; ');
}
function sayOutcome(outcome) {
    return outcome === 'timeout' || outcome === 'deadline' ? 'no answer' : outcome;
}
const checkPort = ({ host, port }) => `nc -zv -w 5 ${(0,shell/* shellQuote */.Z)(host)} ${port}`;
const resolveName = ({ host }) => `getent ahosts ${(0,shell/* shellQuote */.Z)(host)}`;
const lookUpName = ({ host }, type) => `nslookup ${type ? `-type=${type} ` : ''}${(0,shell/* shellQuote */.Z)(host)}`;
const tlsHello = ({ at }) => `openssl s_client -connect ${(0,shell/* shellQuote */.Z)(at)} -crlf -quiet`;
const startTls = ({ at }) => `openssl s_client -starttls smtp -connect ${shellQuote(at)}`;
const readGreeting = ({ host, port }) => `(sleep 10; printf 'QUIT\\r\\n') | nc -w 15 ${(0,shell/* shellQuote */.Z)(host)} ${port}`;
const fromPod = (command) => `kubectl run smtp-check --rm -i --restart=Never --image=busybox -- sh -c ${(0,shell/* shellQuote */.Z)(command)}`;
const fromContainer = (command) => `docker run --rm busybox sh -c ${(0,shell/* shellQuote */.Z)(command)}`;
function lookAtServer({ host, port }) {
    const service = (0,shell/* shellQuote */.Z)(/^[\w-]+$/.test(host) ? host : 'mail');
    return [
        remedy('github-hosted', 'If the server is a service container of this job, publish its port, give it a health check, and let the gate `wait`; otherwise ask its operator whether it runs.', 'docker ps --all', `docker logs --tail 50 "$(docker ps --quiet --filter publish=${port})"`),
        remedy('docker-compose', 'See whether the service runs, and what it said last.', `docker compose ps ${service}`, `docker compose logs --tail 50 ${service}`),
        remedy('systemd', "On the server's machine, see whether the service runs, listens on this port, and what it said last.", `sudo ss -ltnp 'sport = :${port}'`, 'systemctl status postfix exim4 --no-pager', 'journalctl -u postfix -u exim4 --since -1h --no-pager'),
        remedy('kubernetes', 'See whether the service has ready endpoints, and what its pods said last.', `kubectl get service,endpoints,pods --all-namespaces | grep -i -e mail -e smtp -e ${service}`, `kubectl get endpoints ${service}`),
    ];
}
function lookAtNetwork(subject) {
    const check = checkPort(subject);
    return [
        remedy('github-hosted', 'Hosted runners change their addresses, usually cannot reach port 25, and have no IPv6: use the submission port 587 or 465, allow a larger runner with static addresses, or run the job on a self-hosted runner inside the network.', check),
        remedy('docker-compose', "Compare the container's network with the host's: when only the container fails, its network has no way out.", check, fromContainer(check), 'docker network ls'),
        remedy('systemd', 'Look for a firewall rule, here and on the server, that drops or rejects this port.', check, `sudo nft list ruleset | grep -n -e 'dport ${subject.port}' -e drop -e reject`, 'sudo iptables -S'),
        remedy('kubernetes', 'Look for a network policy or an egress gateway that does not let the pod out on this port.', fromPod(check), 'kubectl get networkpolicy --all-namespaces'),
    ];
}
function lookAtResolver(subject) {
    const lookUp = lookUpName(subject);
    return [
        remedy('github-hosted', 'Ask the runner\u2019s resolver; a private name needs a self-hosted runner inside that network.', lookUp),
        remedy('docker-compose', 'A service is known by its name only on a network that both share: run the job on that network, or use a published port of the host.', `docker compose exec -T runner ${lookUp}`, 'docker network ls'),
        remedy('systemd', 'Ask the system as every program does, then the DNS server itself.', resolveName(subject), 'resolvectl status', lookUp),
        remedy('kubernetes', 'Use the full name of the service (name.namespace.svc.cluster.local), and see whether the cluster\u2019s DNS answers.', fromPod(lookUp), 'kubectl --namespace kube-system get pods --selector k8s-app=kube-dns'),
    ];
}

;// CONCATENATED MODULE: ./.build/src/diagnosis/catalogue/conversation.js



const connectionLost = {
    title: 'The connection was lost',
    message: ({ step, how }, { at }) => `${at} ${how === 'closed' ? 'closed' : 'reset'} the connection in the middle of the conversation (${step}): the server gave up, or something on the way cut it.`,
    evidence: ({ step, how, heard }) => `${how} during ${step}${heard === '' ? '' : `, after "${(0,words/* firstLine */.T)(heard)}"`}`,
    causes: () => [
        'The server\u2019s process ended in mid-conversation: a crash, a restart, a limit.',
        'A firewall or load balancer cut the connection.',
        'The server closes on clients that it does not trust.',
    ],
    remedies: (_, subject) => [
        ...lookAtServer(subject),
        remedy('any', 'If the server is restarting, let the gate wait: `wait: 60s`.'),
    ],
    example: { step: 'greeting', how: 'closed', heard: '220-mail.example.com' },
};
const protocolViolation = {
    title: 'The server breaks the protocol',
    message: ({ step, what, text }, { at }) => `${at} does not speak SMTP as RFC 5321 has it: ${what} (${step})${text === '' ? '' : `, beginning with "${(0,words/* firstLine */.T)(text).slice(0, 80)}"`}.`,
    evidence: ({ step, what, text }) => `${step}: ${what}${text === '' ? '' : `: ${text}`}`,
    causes: () => [
        'Another service, or a defective proxy, answers in the server\u2019s place.',
        'A middlebox changes or injects text.',
        'The server is defective.',
    ],
    remedies: (_, subject) => [
        remedy('any', 'See for yourself what the server sends.', readGreeting(subject)),
        ...lookAtServer(subject),
    ],
    example: { step: 'greeting', what: 'a line without end (over 4 KiB)', text: '220 AAAA' },
};
const deadlineExceeded = {
    title: 'The attempt ran out of time',
    message: ({ step, ms }, { at }) => `${at} was not done within the deadline of ${(0,words/* sayMs */.W)(ms)}; the time ran out at the step "${step}", so raise \`deadline\` or find out what is slow.`,
    evidence: ({ step, ms, heard }) => `${step} was still going on after ${(0,words/* sayMs */.W)(ms)}${heard === '' ? '' : `, with "${(0,words/* firstLine */.T)(heard)}" heard`}`,
    causes: ({ step }) => [
        ...(step === 'greeting' ? ['The server delays its greeting on purpose, or sends it bit by bit.'] : []),
        ...(step === 'connect' ? ['A firewall drops the packets, or there are many addresses to try.'] : []),
        'The server or the way there is overloaded.',
        '`deadline` is shorter than what the conversation takes.',
    ],
    remedies: ({ step }, subject) => [
        remedy('any', 'Give the attempt more time, above `timeout`: `deadline: 60s`.', readGreeting(subject)),
        ...(step === 'connect' ? lookAtNetwork(subject) : lookAtServer(subject)),
    ],
    example: { step: 'greeting', ms: 30_000, heard: '' },
};
const slow = {
    title: 'Slow to greet',
    message: ({ ms, limitMs, option }, { at }) => `${at} took ${(0,words/* sayMs */.W)(ms)} to greet, which is over \`${option}\` (${(0,words/* sayMs */.W)(limitMs)}).`,
    evidence: ({ ms, limitMs, option }) => `${Math.round(ms)} ms from connecting to the end of the greeting; ${option} is ${limitMs} ms`,
    causes: () => [
        'The server delays its greeting on purpose (postscreen, anti-spam gateways).',
        'The server waits for a reverse DNS or ident look-up of this runner\u2019s address.',
        'The server or the way there is overloaded.',
    ],
    remedies: ({ option }, subject) => [
        remedy('any', `If the delay is wanted, raise \`${option}\` above it; otherwise see where the time goes.`, readGreeting(subject)),
        ...lookAtServer(subject),
    ],
    example: { ms: 2_400, limitMs: 1_000, option: 'latency-warn' },
};

;// CONCATENATED MODULE: ./.build/src/diagnosis/catalogue/greeting.js



const greetingTimeout = {
    title: 'Connected, and no greeting',
    message: ({ ms, heard }, { at }) => heard === ''
        ? `${at} accepted the connection and said nothing for ${(0,words/* sayMs */.W)(ms)}: the server hangs, delays its greeting for longer, or expects another protocol.`
        : `${at} began its greeting and did not finish it: nothing more came for ${(0,words/* sayMs */.W)(ms)}.`,
    evidence: ({ ms, heard, look }) => `${heard === '' ? 'nothing' : `"${(0,words/* firstLine */.T)(heard)}"`} heard, then ${(0,words/* sayMs */.W)(ms)} of silence${LOOKS[look]}`,
    causes: ({ heard, look }) => [
        ...(look === 'not-tls' ? ['The port speaks another protocol that waits for the client, such as HTTP.'] : []),
        heard === ''
            ? 'The server delays its greeting on purpose (postscreen and anti-spam gateways take 6\u201320 s).'
            : 'The server pauses between the lines of its greeting (postscreen waits 6 s or longer).',
        'The server accepts connections and its workers hang or are all busy.',
        'A proxy or load balancer accepts the connection and has no server behind it.',
        'The server waits for a reverse DNS or ident look-up of this runner\u2019s address.',
    ],
    remedies: (_, subject) => [
        remedy('any', 'Give the greeting more time: `timeout: 30s` and `deadline: 60s`.', readGreeting(subject)),
        ...lookAtServer(subject),
        remedy('any', 'If the port speaks TLS from the first byte, this shows its greeting.', tlsHello(subject)),
    ],
    example: { ms: 10_000, heard: '', look: 'silent' },
};
const LOOKS = {
    silent: '; a TLS hello was not answered either',
    'not-tls': '; a TLS hello was answered with something that is not TLS',
    'not-asked': '',
};
const greetingClosed = {
    title: 'Closed without a word',
    message: ({ afterMs }, { at }) => `${at} accepted the connection and closed it after ${(0,words/* sayMs */.W)(afterMs)} without a word: the server does not want this runner, or cannot serve.`,
    evidence: ({ afterMs }) => `closed after ${(0,words/* sayMs */.W)(afterMs)}, nothing received`,
    causes: () => [
        'An access list (TCP wrappers, a firewall, fail2ban) closes connections from this runner\u2019s address.',
        'A proxy or load balancer has no healthy server behind it.',
        'The server is starting, stopping, or at its limit of connections.',
    ],
    remedies: (_, subject) => [
        ...lookAtServer(subject),
        remedy('any', 'If the server is still starting, let the gate wait for it: `wait: 60s`.'),
    ],
    example: { afterMs: 3 },
};
const greetingBusy = {
    title: 'The server is busy',
    message: ({ reply }, { at }) => `${at} is busy and asks to come back later: "${(0,words/* firstLine */.T)(reply)}".`,
    evidence: ({ reply }) => reply,
    causes: ({ reply }) => [
        ...(/connection|rate|limit|too many/i.test(reply)
            ? ['Too many connections from this runner\u2019s address, or too often.']
            : []),
        'The server is overloaded, or shutting down.',
        'The server is short of a resource (disk, memory, processes).',
    ],
    remedies: (_, subject) => [
        remedy('any', 'Let the gate wait and try again: `wait: 2m`; when many jobs probe at once, let fewer do so.'),
        ...lookAtServer(subject),
    ],
    example: { reply: '421 4.7.0 too many connections' },
};
const greetingRefused = {
    title: 'The server refuses this client',
    message: ({ reply }, { at }) => `${at} refuses to serve this runner: "${(0,words/* firstLine */.T)(reply)}".`,
    evidence: ({ reply }) => reply,
    causes: ({ reply }) => [
        ...(/spamhaus|block ?list|blacklist|rbl|dnsbl|barracuda|listed/i.test(reply)
            ? ['This runner\u2019s address is on a block list; shared cloud addresses often are.']
            : []),
        ...(/synchroni[sz]ation/i.test(reply)
            ? ['The server saw something before its greeting: a proxy on the way speaks first.']
            : []),
        'The server admits known addresses only, and this runner\u2019s is not among them.',
        'The server takes no mail here at all (a null host, or one being retired).',
    ],
    remedies: (_, subject) => [
        remedy('any', 'Ask the server\u2019s operator to admit this runner\u2019s address, or send through a relay that does.', 'curl -s https://api.ipify.org'),
        ...lookAtNetwork(subject),
    ],
    example: { reply: '554 5.7.1 no service for you' },
};
const PROTOCOL_NAMES = {
    http: 'an HTTP server',
    ssh: 'an SSH server',
    ftp: 'an FTP server',
    imap: 'an IMAP server',
    pop3: 'a POP3 server',
    nntp: 'a news (NNTP) server',
    telnet: 'a telnet server',
    tls: 'a server that sends TLS records',
    unknown: 'something that is not SMTP',
};
const notSmtp = {
    title: 'Another protocol answered',
    message: ({ protocol, text }, { at }) => `${at} is reachable, and ${PROTOCOL_NAMES[protocol]} answers there, with "${(0,words/* firstLine */.T)(text)}": check the port.`,
    evidence: ({ protocol, text }) => `${protocol}: ${text}`,
    causes: ({ protocol }) => [
        protocol === 'unknown'
            ? 'The port belongs to another service.'
            : `The port belongs to ${PROTOCOL_NAMES[protocol]}.`,
        'A published port, a tunnel or a port forwarding leads to the wrong service.',
        'A captive portal or a proxy answers in the server\u2019s place.',
    ],
    remedies: (_, subject) => [
        remedy('any', 'Use the port of the mail server: 587 or 465 for submission, 25 for relaying.', readGreeting({ ...subject, port: 587 })),
        ...lookAtServer(subject),
    ],
    example: { protocol: 'ssh', text: 'SSH-2.0-OpenSSH_9.6' },
};
const greetingRewritten = {
    title: 'A middlebox rewrites SMTP',
    message: (_, { at }) => `Something between this runner and ${at} overwrites the greeting with asterisks: it will also disable STARTTLS and other extensions.`,
    evidence: ({ reply }) => reply,
    causes: () => [
        'A firewall inspects SMTP and rewrites it (Cisco\u2019s "SMTP fixup" and "ESMTP inspection" do so).',
        'An anti-virus gateway answers in the server\u2019s place.',
    ],
    remedies: (_, subject) => [
        remedy('any', 'Have SMTP inspection switched off on the firewall, or use port 465, which it cannot read.', readGreeting({ ...subject, port: 465 })),
        ...lookAtNetwork(subject),
    ],
    example: { reply: '220 ***********************0***2**' },
};
const bannerMismatch = {
    title: 'Not the expected greeting',
    message: ({ pattern, text, finished }, { at }) => finished
        ? `${at} greets with "${(0,words/* firstLine */.T)(text)}", which \`expect-banner\` (${pattern}) does not match: another server answers, or the expression is wrong.`
        : `\`expect-banner\` (${pattern}) did not come to an end on the greeting of ${at}: it backtracks without end, so write it without nested repetition.`,
    evidence: ({ pattern, text, finished }) => `${pattern} ${finished ? 'does not match' : 'did not finish on'}: ${text}`,
    causes: ({ pattern }) => [
        ...(/^\/.*\/[a-z]*$/.test(pattern) ? ['The slashes around the expression are taken as part of it.'] : []),
        'Another server answers at this name: an old one, a load balancer, a stand-in.',
        'The server\u2019s greeting was changed, for example by an upgrade.',
        'The expression demands more than the greeting says; it is case-sensitive.',
    ],
    remedies: (_, subject) => [
        remedy('any', 'See the whole greeting, and change `expect-banner` to what must not change in it, without slashes around it.', readGreeting(subject)),
        ...lookAtServer(subject),
    ],
    example: { pattern: 'Postfix', text: '220 mail.example.com ESMTP Exim 4.97', finished: true },
};
const tlsExpected = {
    title: 'The port speaks TLS from the first byte',
    message: ({ greeting }, { at }) => `${at} says nothing in plaintext and answers a TLS hello${greeting === null ? '' : `, with "${(0,words/* firstLine */.T)(greeting)}" behind it`}: this port wants implicit TLS, so use it so, or probe the STARTTLS port 587.`,
    evidence: ({ protocol, greeting }) => `silent in plaintext; a second connection was answered in ${protocol ?? 'TLS'}${greeting === null ? '' : `: ${greeting}`}`,
    causes: (_, { port }) => [
        `Port ${port} is for implicit TLS (RFC 8314 \u00a73.3${port === 465 ? '; 465 is its standard port' : ''}), and the connection began in plaintext.`,
        'A TLS-terminating proxy stands before the server.',
    ],
    remedies: (_, subject) => [
        remedy('any', 'Use the port with implicit TLS, or probe the port that greets in plaintext.', tlsHello(subject), readGreeting({ ...subject, port: 587 })),
        ...lookAtServer(subject),
    ],
    example: { protocol: 'TLSv1.3', greeting: '220 mail.example.com ESMTP' },
};

;// CONCATENATED MODULE: ./.build/src/diagnosis/catalogue/network.js



const example = (errno, outcome = 'failed') => ({
    dialled: [{ address: '192.0.2.25', family: 4, startMs: 1, tookMs: errno ? 1 : 10_000, outcome, errno }],
});
const dnsNotFound = {
    title: 'The name does not exist',
    message: (_, { host }) => `The name ${host} does not exist for this runner's resolver: correct \`host\`, or run where that name is known.`,
    evidence: ({ errno }) => `getaddrinfo: ${errno}`,
    causes: () => [
        'The name is misspelt, or its record was removed.',
        'The name is private: it is known only inside a network, a VPN or a cluster where this runner is not.',
        'The value names a container or service of another job or network.',
    ],
    remedies: (_, subject) => [
        remedy('any', 'Check the spelling of `host` against what resolves elsewhere.', lookUpName(subject)),
        ...lookAtResolver(subject),
    ],
    example: { errno: 'ENOTFOUND' },
};
const dnsNoAddress = {
    title: 'The name has no usable address',
    message: ({ family }, { host }) => family === 0
        ? `The name ${host} exists and has no address: use the name of the mail server itself (a domain's MX records say which).`
        : `The name ${host} has no IPv${family} address: set \`ip-family\` to auto, or publish ${family === 6 ? 'an AAAA' : 'an A'} record.`,
    evidence: ({ family }) => family === 0 ? 'the name has neither A nor AAAA records' : `the name has no IPv${family} address`,
    causes: ({ family }) => family === 0
        ? [
            '`host` is a mail domain, whose MX records name the servers, and no server itself.',
            'The address record was removed.',
        ]
        : [
            `\`ip-family: ${family}\` excludes the addresses that the name has.`,
            'The record of that family was never published.',
        ],
    remedies: ({ family }, subject) => [
        family === 0
            ? remedy('any', 'See which servers the domain names, and use one of them as `host`.', lookUpName(subject, 'MX'))
            : remedy('any', 'Leave `ip-family` at auto unless one family must be tested.', lookUpName(subject, family === 6 ? 'AAAA' : 'A')),
        ...lookAtResolver(subject),
    ],
    example: { family: 6 },
};
const dnsUnavailable = {
    title: 'The resolver did not answer',
    message: ({ errno }, { host }) => `This runner's resolver did not say what ${host} is (${errno}): its DNS is at fault, not the mail server.`,
    evidence: ({ errno }) => `getaddrinfo: ${errno}`,
    causes: () => [
        "The runner's DNS server is down, unreachable or overloaded.",
        "A container's resolver does not forward names of the outside.",
        'A firewall drops DNS on port 53.',
    ],
    remedies: (_, subject) => [
        ...lookAtResolver(subject),
        remedy('any', 'If it passes by itself, give the gate time to retry: `wait: 30s`.'),
    ],
    example: { errno: 'EAI_AGAIN' },
};
const connectRefused = {
    title: 'The connection was refused',
    message: (_, { at }) => `${at} refused the connection: the machine is there and nothing listens on that port, so start the mail server or correct the port.`,
    evidence: ({ dialled }) => sayDialled(dialled),
    causes: () => [
        'The mail server is not running, or still starting.',
        'It listens on another port, or only on another interface (127.0.0.1 inside a container is not the host\u2019s).',
        'A firewall answers with a rejection.',
    ],
    remedies: (_, subject) => [
        ...lookAtServer(subject),
        remedy('any', 'If the server is still starting, let the gate wait for it: `wait: 60s`.'),
        remedy('any', 'See whether one of the other SMTP ports is the one that is meant.', ...[587, 465, 25].map((port) => checkPort({ ...subject, port }))),
    ],
    example: example('ECONNREFUSED'),
};
const connectTimeout = {
    title: 'No answer to the connection',
    message: (_, { at, port }) => port === 25
        ? `${at} did not answer in time: many networks block outbound port 25, so try port 587, and look for a firewall that drops the packets.`
        : `${at} did not answer in time: a firewall on the way drops the packets, or the machine is down.`,
    evidence: ({ dialled }) => sayDialled(dialled),
    causes: (_, { port }) => [
        ...(port === 25 ? ["This runner's network blocks outbound port 25, as most cloud networks do."] : []),
        "A firewall, here or there, drops the packets; servers often admit known addresses only, and a runner's is not among them.",
        'The machine is down, or the address is an old one.',
        ...(port === 465 || port === 2525
            ? ['The provider does not offer this port: 587 is the usual one for submission (RFC 6409).']
            : []),
    ],
    remedies: (_, subject) => [
        ...lookAtNetwork(subject),
        ...(subject.port === 587 ? [] : [remedy('any', 'Try the submission port.', checkPort({ ...subject, port: 587 }))]),
    ],
    example: example(null, 'timeout'),
};
const connectUnreachable = {
    title: 'No route to the server',
    message: ({ dialled }, { at }) => dialled.length > 0 && dialled.every((a) => a.family === 6)
        ? `There is no way from this runner to ${at} over IPv6: set \`ip-family: 4\`, or run where IPv6 works.`
        : `There is no way from this runner to ${at}: its network has no route there, or a firewall rejects the packets.`,
    evidence: ({ dialled }) => sayDialled(dialled),
    causes: ({ dialled }) => [
        ...(dialled.some((a) => a.family === 6) ? ['This runner has no IPv6 (GitHub-hosted runners have none).'] : []),
        'The address is in a private network that this runner is not part of.',
        'A firewall or router rejects the packets as administratively prohibited.',
    ],
    remedies: ({ dialled }, subject) => [
        ...(dialled.some((a) => a.family === 6)
            ? [remedy('any', 'Use IPv4: `ip-family: 4`.', 'ip -6 route show default')]
            : []),
        ...lookAtNetwork(subject),
        remedy('any', 'See which way the packets would go.', `ip route get ${(0,shell/* shellQuote */.Z)(dialled[0]?.address ?? subject.host)}`),
    ],
    example: example('ENETUNREACH'),
};
const connectReset = {
    title: 'The connection was reset before a greeting',
    message: ({ errno }, { at }) => `${at} reset the connection before it said a word (${errno}): the server or a firewall turned this runner away.`,
    evidence: ({ errno }) => `${errno} before a greeting`,
    causes: () => [
        'A firewall or load balancer resets connections that it does not admit.',
        'The server\u2019s process crashes on every connection, or a proxy before it has no server behind it.',
        'This runner\u2019s address is blocked (fail2ban, a block list).',
    ],
    remedies: (_, subject) => [
        ...lookAtServer(subject),
        remedy('any', 'If the server is restarting, let the gate wait: `wait: 60s`.'),
    ],
    example: { errno: 'ECONNRESET' },
};

// EXTERNAL MODULE: ./.build/src/project.js
var project = __webpack_require__(463);
;// CONCATENATED MODULE: ./.build/src/diagnosis/catalogue/setup.js


const notConfigured = {
    title: 'Nothing to probe',
    message: ({ missing }) => `Nothing was probed, because ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} empty: set ${missing.length === 1 ? 'it' : 'them'} to check the mail server.`,
    evidence: ({ missing }) => `empty: ${missing.join(', ')}`,
    causes: () => [
        'The variable or secret that the input comes from is not set here, or not for this environment.',
        'The run was started from a fork, where secrets are empty.',
    ],
    remedies: () => [
        remedy('any', 'Set `host` and `port`; with `if-not-configured: fail` an empty one fails the step instead of skipping it.'),
        remedy('github-hosted', 'See which variables and secrets this repository has.', 'gh variable list', 'gh secret list'),
        remedy('docker-compose', 'See what the environment of the job holds.', 'docker compose config'),
        remedy('systemd', 'See what the environment of the runner\u2019s service holds.', "systemctl show --property Environment 'actions.runner.*'"),
        remedy('kubernetes', 'See which configuration the runner\u2019s pods are given.', 'kubectl get configmap,secret'),
    ],
    example: { missing: ['host'] },
};
const inputInvalid = {
    title: 'An input cannot be read',
    message: ({ problems }) => `Nothing was probed: ${sayProblems(problems)}.`,
    evidence: ({ problems }) => `cannot be read: ${problems.map(({ input }) => input).join(', ')}`,
    causes: () => [
        'The value was pasted or stored with a stray character (a quote, a comma, a line end).',
        'The value belongs into another input.',
    ],
    remedies: ({ problems }) => [
        ...problems.map(({ input, problem }) => remedy('any', `\`${input}\`: ${problem}.`)),
        remedy('github-hosted', 'Store a secret or variable again without its line end.', "printf %s 'mail.example.com' | gh secret set SMTP_HOST", "printf %s 'mail.example.com' | gh variable set SMTP_HOST"),
        remedy('docker-compose', 'See the value with its quotes and line ends; an env_file keeps quotes as part of the value.', 'docker compose config'),
        remedy('systemd', 'See the value with its quotes and line ends.', 'printenv | grep -i smtp | cat -A'),
        remedy('kubernetes', 'Make the secret from a literal, which adds no line end.', 'kubectl create secret generic smtp --from-literal=host=mail.example.com'),
    ],
    example: { problems: [{ input: 'port', problem: '"smtp" is a service name; write the number 25' }] },
};
function sayProblems(problems) {
    return problems.map(({ input, problem }) => `${input} ${problem}`).join('; and ');
}
const probeCrashed = {
    title: 'smtp-gate itself failed',
    message: ({ error }) => `smtp-gate stopped on a defect of its own, which says nothing about the server: please report it (${error}).`,
    evidence: ({ error }) => error,
    causes: () => [
        'A defect in smtp-gate.',
        'A run time that smtp-gate was not made for: it needs Node.js 20.19 or newer.',
    ],
    remedies: () => {
        const report = 'Run it again with debug logging, and report what it prints (it masks secrets).';
        const url = `https://github.com/${project/* PROJECT */.y.repository}/issues/new`;
        return [
            remedy('any', `${report} ${url}`),
            remedy('github-hosted', 'Run the failed job again with debug logging.', 'gh run rerun --failed --debug'),
            remedy('docker-compose', 'See which Node.js the runner\u2019s image has.', 'docker compose exec -T runner node --version'),
            remedy('systemd', 'See which Node.js the machine has.', 'node --version'),
            remedy('kubernetes', 'See what the runner\u2019s pod said last.', 'kubectl logs --tail 100 --selector app=runner'),
        ];
    },
    example: { error: 'TypeError: x is not a function' },
};

;// CONCATENATED MODULE: ./.build/src/diagnosis/catalogue/index.js





const CATALOGUE = {
    'not-configured': notConfigured,
    'input-invalid': inputInvalid,
    'dns-not-found': dnsNotFound,
    'dns-no-address': dnsNoAddress,
    'dns-unavailable': dnsUnavailable,
    'connect-refused': connectRefused,
    'connect-timeout': connectTimeout,
    'connect-unreachable': connectUnreachable,
    'connect-reset': connectReset,
    'greeting-timeout': greetingTimeout,
    'greeting-closed': greetingClosed,
    'greeting-busy': greetingBusy,
    'greeting-refused': greetingRefused,
    'not-smtp': notSmtp,
    'greeting-rewritten': greetingRewritten,
    'banner-mismatch': bannerMismatch,
    'tls-expected': tlsExpected,
    'connection-lost': connectionLost,
    'protocol-violation': protocolViolation,
    'deadline-exceeded': deadlineExceeded,
    slow: slow,
    'probe-crashed': probeCrashed,
};
function explain({ code, facts }, subject, place) {
    const entry = CATALOGUE[code];
    const rank = ({ environment }) => environment === place ? 0 : environment === 'any' ? 1 : 2 + PLACES.indexOf(environment);
    return {
        title: entry.title,
        message: entry.message(facts, subject),
        evidence: entry.evidence(facts),
        causes: entry.causes(facts, subject),
        remedies: entry.remedies(facts, subject).sort((a, b) => rank(a) - rank(b)),
    };
}


/***/ })

};
;
//# sourceMappingURL=503.index.js.map