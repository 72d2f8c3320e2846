"use strict";exports.id=551,exports.ids=[551,954],exports.modules={2994:Object((function(e,t,n){n.d(t,{Os:()=>s,RS:()=>r});const a={targets:20,points:100};function r(e,t){const n=Math.max(0,e.count-t),r=e.series.map((e=>function({runs:e,failed:t,latencyMs:n,daysLeft:a,...r},i){const s=e.findIndex((e=>e>=i)),o=e=>-1===s?[]:e.slice(s);return{...r,runs:o(e),failed:o(t),latencyMs:o(n),daysLeft:o(a)}}(e,n))).filter((({failed:e})=>e.length>0)).map((e=>({series:e,failing:e.failed.at(-1)??!1,uptime:i(e)}))).sort(((e,t)=>Number(t.failing)-Number(e.failing)||e.uptime-t.uptime));return{runs:e.count-n,since:e.when[n]??"",targets:r.slice(0,a.targets).map((({series:t})=>function(e,t){const{label:n,failed:r,lastCode:s}=e,f=n=>t[e.runs[n]??-1]??"",p=r.lastIndexOf(!0),u=p===r.length-1,m=r.lastIndexOf(!u)+1,h=Math.ceil(r.length/a.points);return{label:n,runs:r.length,failed:r.filter(Boolean).length,uptime:i(e),lastFailure:-1===p?null:{when:f(p),code:s},streak:{failing:u,runs:r.length-m,since:f(m)},latencyMs:l(e.latencyMs),daysLeft:l(e.daysLeft),points:o(r.length,h).map((([t,n])=>({when:f(t),runs:n-t,failed:r.slice(t,n).filter(Boolean).length,latencyMs:c(e.latencyMs.slice(t,n)),daysLeft:d(e.daysLeft.slice(t,n))})))}}(t,e.when))),omitted:Math.max(0,r.length-a.targets)}}function i({failed:e}){return e.filter((e=>!e)).length/e.length}function s(e,t){return o(e.length,Math.ceil(e.length/t)).map((([t,n])=>{const a=e.slice(t,n);return{when:a[0]?.when??"",runs:a.reduce(((e,{runs:t})=>e+t),0),failed:a.reduce(((e,{failed:t})=>e+t),0),latencyMs:c(a.map((({latencyMs:e})=>e))),daysLeft:d(a.map((({daysLeft:e})=>e)))}}))}function o(e,t){return Array.from({length:0===e?0:Math.ceil(e/t)},((e,n)=>n*t)).map((n=>[n,Math.min(e,n+t)]))}function l(e){const t=e.filter((e=>null!==e)),n=t.at(-1);return void 0===n?null:{last:n,least:Math.min(...t),most:Math.max(...t)}}function c(e){const t=e.filter((e=>null!==e)).sort(((e,t)=>e-t));return t[t.length>>1]??null}function d(e){return e.findLast((e=>null!==e))??null}})),2551:Object((function(e,t,n){n.r(t),n.d(t,{htmlReport:()=>Se});const a=(e,t)=>{const n=new String(e);return n.isEscaped=!0,n.callbacks=t,n},r=/[&<>'"]/,i=(e,t)=>{const n=e.search(r);if(-1===n)return void(t[0]+=e);let a,i,s=0;for(i=n;i<e.length;i++){switch(e.charCodeAt(i)){case 34:a="&quot;";break;case 39:a="&#39;";break;case 38:a="&amp;";break;case 60:a="&lt;";break;case 62:a="&gt;";break;default:continue}t[0]+=e.substring(s,i)+a,s=i+1}t[0]+=e.substring(s,i)},s=(e,...t)=>{const n=[""];for(let a=0,r=e.length-1;a<r;a++){n[0]+=e[a];const r=Array.isArray(t[a])?t[a].flat(1/0):[t[a]];for(let e=0,t=r.length;e<t;e++){const t=r[e];if("string"==typeof t)i(t,n);else if("number"==typeof t)n[0]+=t;else{if("boolean"==typeof t||null==t)continue;if("object"==typeof t&&t.isEscaped)if(t.callbacks)n.unshift("",t);else{const e=t.toString();e instanceof Promise?n.unshift("",e):n[0]+=e}else t instanceof Promise?n.unshift("",t):i(t.toString(),n)}}}return n[0]+=e.at(-1),1===n.length?a("callbacks"in n?(e=>{const t=e.callbacks;if(!t?.length)return e;const n=[e],a={};return t.forEach((e=>e({phase:1,buffer:n,context:a}))),n[0]})(a(n[0],n.callbacks)):n[0]):(async(e,t)=>{let n="";t||=[];const r=await Promise.all(e);for(let e=r.length-1;n+=r[e],e--,!(e<0);e--){let a=r[e];if(null==a||"boolean"==typeof a)continue;if("number"==typeof a){n+=a;continue}"object"==typeof a&&t.push(...a.callbacks||[]);const s=a.isEscaped;if(a=await("object"==typeof a?a.toString():a),"object"==typeof a&&t.push(...a.callbacks||[]),a.isEscaped??s)n+=a;else{const e=[n];i(a,e),n=e[0]}}return a(n,t)})(n,n.callbacks)};var o=n(3752),l=n(3463),c=n(1690),d=n(2840);const f=16e3,p=/\n +/g,u=new WeakMap;function m(e,...t){let n=u.get(e);if(void 0===n){const t=e.map((e=>e.replace(p,"")));n=Object.assign(t,{raw:t}),u.set(e,n)}return s(n,...t.map(h))}function h(e){return"string"==typeof e?(0,d.pj)(e,f):Array.isArray(e)?e.map(h):e}const g={pass:"M6 12.5l4 4 8-9",info:"M12 6.5v.1M12 11v6.5",warn:"M12 6.5V13M12 17.4v.1",fail:"M7.5 7.5l9 9m0-9l-9 9",skip:"M7 12h10"};function $(e){return m`<span class="badge ${e}"><span aria-hidden="true">${c.SV[e]}</span> ${e}</span>`}function b(e){return m`${e.split(/(`[^`]+`)/).map(((e,t)=>t%2==1?m`<code>${e.slice(1,-1)}</code>`:e))}`}function v(e){return m`<pre class="commands">${e.map((e=>m`<code>${e}\n</code>`))}</pre>`}function y(e,t){return/^https:\/\/[^\s/]/.test(e)?m`<a href="${e}">${t}</a>`:m`<span>${t}</span>`}function w(e,t){return null===t||!1===t?null:m`
    <div>
      <dt>${e}</dt>
      <dd>${t}</dd>
    </div>`}function x(e){return m`<time datetime="${e}">${e.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*Z$/,"$1 $2 UTC")}</time>`}function k(e){return m`<time>${e.slice(0,10)}</time>`}function M(e,t,n=`${t}s`){return`${S(e)} ${1===e?t:n}`}function S(e){return String(e).replace(/\B(?=(?:\d{3})+$)/g," ")}var T=n(3443),j=n(1846);function L(e,{place:t,said:n,elsewhere:a}){const{code:r,status:i,title:s,message:o,impact:l,evidence:c,verify:d,docs:f,ignored:p}=e;return m`
    <section class="finding">
      <h4>${$(i)} ${s} <code>${r}</code>${p&&m`<span class="faint"> (ignored)</span>`}</h4>
      ${!n&&m`<p>${b(o)}</p>`}
      <h5>Seen</h5>
      <pre><code>${c}</code></pre>
      ${null===a&&m`<p><strong>Why it matters:</strong> ${l}</p>`}
      ${null===a?function({causes:e,remedies:t},n){const a=t.filter((({environment:e})=>e===n||"any"===e)),r=t.filter((e=>!a.includes(e)));return m`
    <h5>${1===e.length?"Likely cause":"Likely causes, the likeliest first"}</h5>
    <ol>${e.slice(0,j.q).map((e=>m`<li>${b(e)}</li>`))}</ol>
    ${C(e)}
    <h5>What to do</h5>
    ${A(a)}
    ${C(a)}
    ${r.length>0&&function(e){return m`
    <details class="others">
      <summary>On other kinds of runner</summary>
      ${A(e)}
    </details>`}(r)}`}(e,t):function(e){return"nowhere"===e?m`<p>Causes and remedies are in the JSON report.</p>`:m`<p>Causes and remedies are those of <a href="#${e.id}">${e.label}</a>.</p>`}(a)}
      <h5>To check the fix</h5>
      ${v([d])}
      ${(null===a||"nowhere"===a)&&m`<p>${y(f,m`More about <code>${r}</code>`)}</p>`}
    </section>`}function C(e){return e.length>j.q?m`<p>${S(e.length-j.q)} more in the JSON report.</p>`:null}function A(e){return m`<ul class="remedies">${e.slice(0,j.q).map(z)}</ul>`}function z({environment:e,text:t,commands:n}){return m`
    <li>
      <p>${"any"!==e&&m`<strong>${c.TI[e]}: </strong>`}${b(t)}</p>
      ${n.length>0&&v(n)}
    </li>`}const E=5;function N(e){return"brief"===e||"row"===e}const O={resolve:"resolve",connect:"connect",greeting:"greeting",ehlo:"EHLO",starttls:"STARTTLS",tls:"TLS","ehlo-again":"EHLO again",auth:"AUTH",mail:"MAIL",rcpt:"RCPT",rset:"RSET",quit:"QUIT"},W={resolve:"resolve",connect:"connect",greeting:"greeting, EHLO",tls:"TLS",auth:"AUTH",envelope:"MAIL, RCPT",quit:"QUIT"},q={resolve:"resolve",connect:"connect",greeting:"greeting",ehlo:"greeting",starttls:"tls",tls:"tls","ehlo-again":"greeting",auth:"auth",mail:"envelope",rcpt:"envelope",rset:"envelope",quit:"quit"};function F({step:e,startMs:t,tookMs:n,status:a},{endMs:r}){const i=Math.min(99,t/r*100),s=Math.max(.5,n/r*100);return m`<rect class="k-${"failed"===a?"failed":q[e]}" x="${I(i)}" width="${I(s)}" />`}function R({endMs:e,markMs:t}){const n=Array.from({length:Math.floor(e/t)+1},((e,n)=>n*t));return m`
    <svg class="axis" role="img">
      <title>Scale: 0 to ${(0,T.W)(e)}</title>
      ${n.map((t=>function(e,t){const n=I(100*t);return m`
    <line x1="${n}" x2="${n}" y1="75%" y2="100%" />
    <text x="${n}" class="${0===t?"first":t>.9?"last":""}">${function(e){return 0===e?"0":e<1?`${Number(e.toFixed(2))} ms`:(0,T.W)(e)}(e)}</text>`}(t,t/e)))}
    </svg>`}function U([e,t]){return m`<li><svg aria-hidden="true"><rect class="k-${e}" width="100%" /></svg>${t}</li>`}function V({step:e,status:t,tookMs:n,because:a}){const r=O[e];return"failed"===t?`${r} failed after ${(0,T.W)(n)} (${a})`:`${r} ${(0,T.W)(n)}`}function I(e){return`${Number(e.toFixed(1))}%`}const B=200;function D({from:e,atMs:t,text:n}){return m`
    <tr class="${e}">
      <td>${Math.round(t)} ms</td>
      <td>${e}</td>
      <td><code>${n}</code></td>
    </tr>`}function J(e,t,{scale:n,place:a,explainedAt:r}){const{target:i,id:s,detail:o,open:l}=e,{status:c,findings:d,steps:f,message:p,transcript:u}=i,h=[...new Set(d.map((({code:e})=>e)))].join(" "),g="row"===o?d.slice(0,E):d,v=d.length-g.length,y=g.map((e=>L(e,{place:a,said:p.startsWith(e.message),elsewhere:N(o)?r.get(e.code)??"nowhere":null})));return m`
    <details class="target" id="${s}" data-status="${c}" data-codes="${h}"${l&&" open"}>
      <summary>
        ${$(c)}
        <span class="name"><h3>${i.target.label}</h3>${function({code:e,findings:t,latencyMs:n}){const a=t.find((t=>t.code===e))??t[0];if(!a)return m`<span class="essence faint">${null===n?"passes":"greets as it should"}</span>`;const r=t.length>1&&` and ${t.length-1} more`;return m`<span class="essence">${a.title} <code>${a.code}</code>${r}</span>`}(i)}</span>
        ${f.length>0&&function(e,t){const n=e.filter((({status:e})=>"skipped"!==e));return m`
    <svg class="strip" role="img">
      <title>Where the time went</title>
      <desc>${n.map(V).join(", ")}</desc>
      ${n.map((e=>F(e,t)))}
    </svg>`}(f,n)}
        ${function({latencyMs:e}){return null===e?m`<span class="latency"><span class="hidden">no greeting</span><span aria-hidden="true">–</span></span>`:m`<span class="latency"><span class="hidden">greeted after </span>${(0,T.W)(e)}</span>`}(i)}
      </summary>
      <div class="body">
        ${!t&&m`<p class="message">${b(p)}</p>`}
        ${y}
        ${v>0&&m`<p>${M(v,"more finding")} in the JSON report.</p>`}
        ${function({target:e,...t},n){const{address:a,addresses:r,banner:i,latencyMs:s,tls:o,capabilities:l,attempts:c,durationMs:d}=t,f=r.filter((({outcome:e})=>"connected"!==e)),p=l??[];return m`
    <dl class="facts">
      ${w("Address",a&&a!==e.host&&m`<code>${a}</code>`)}
      ${w("Not connected",f.length>0&&f.map(P))}
      ${w("Greeting",i&&m`<code>${i}</code>`)}
      ${w("Time to greeting",!n&&null!==s&&(0,T.W)(s))}
      ${w("TLS",o&&`${o.protocol}, ${o.cipher}, ${o.authorized?"verified":"not verified"}`)}
      ${w("Certificate",o&&function({subject:e,issuer:t,validFrom:n,validTo:a,daysLeft:r}){return m`<code>${e}</code> by <code>${t}</code>, ${m`${k(n)} to ${k(a)} (${H(r)})`}`}(o))}
      ${w("Offers",p.length>0&&p.map((e=>m`<code>${e}</code> `)))}
      ${w("Attempts",1!==c&&`${c} in ${(0,T.W)(d)}`)}
    </dl>`}(i,N(o))}
        ${!N(o)&&f.length>0&&function(e,t){return m`
    <table class="steps">
      <caption>Where the time went</caption>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col">Time</th>
          <th scope="col">${R(t)}</th>
        </tr>
      </thead>
      <tbody>${e.map((e=>function(e,t){const{status:n,tookMs:a,because:r}=e,i="skipped"===n;return m`
    <tr class="${n}">
      <th scope="row">${O[e.step]}</th>
      <td>${i?"\u2013":(0,T.W)(a)}</td>
      <td>
        ${i&&m`<span class="faint">skipped${r&&`: ${r}`}</span>`}
        ${!i&&m`<svg class="strip" aria-hidden="true">${F(e,t)}</svg>`}
        ${"failed"===n&&m`<span class="because">✗ ${r??"failed"}</span>`}
      </td>
    </tr>`}(e,t)))}</tbody>
    </table>`}(f,n)}
        ${"whole"===o&&u.length>0&&function(e){const t=e.length-B;return m`
    <details>
      <summary>The conversation (${M(e.length,"line")})</summary>
      <table class="transcript">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">From</th>
            <th scope="col">Line</th>
          </tr>
        </thead>
        <tbody>${e.slice(0,B).map(D)}</tbody>
      </table>
      ${t>0&&m`<p class="faint">${M(t,"more line")} in the JSON report.</p>`}
    </details>`}(u)}
      </div>
    </details>`}function P({address:e,outcome:t,errno:n,tookMs:a}){return m`<span class="line"><code>${e}</code> ${n??t} after ${(0,T.W)(a)}</span>`}function H(e){return e>=0?`${M(e,"day")} left`:-1===e?"expired today":`expired ${M(-e-1,"day")} ago`}const G=864e5,Q=400*G,Y=800*G,_=30,K=21,Z=120;const X=50,ee=8,te=3,ne=84e4,ae=8e4,re=5,ie={fail:0,warn:1,info:2,skip:3,pass:4};function se(e){const t=new Map;return e.filter((({target:e})=>{const n=e.findings.some((({code:e})=>(t.get(e)??0)<te));if(n)for(const{code:n}of e.findings)t.set(n,(t.get(n)??0)+1);return n}))}function oe(e){const t=new Map;for(const{target:n,id:a,detail:r}of e)if(!N(r))for(const{code:e}of n.findings)t.has(e)||t.set(e,{id:a,label:n.target.label});return t}function le({targets:e}){const t=new Map;for(const{findings:n}of e)for(const{code:e,status:a,title:r}of new Map(n.map((e=>[e.code,e]))).values()){const n=(t.get(e)?.times??0)+1;t.set(e,{status:a,title:r,...t.get(e),code:e,times:n})}return[...t.values()].sort(((e,t)=>t.times-e.times))}const ce='\n:root {\n  --ground: #f4f5f7; --card: #fff; --text: #1a1f27; --faint: #575f6b; --line: #d9dee5; --code: #eef0f3; --link: #0a55b0;\n  --pass: #17643a; --pass-soft: #e3f4ea; --info: #0b5394; --info-soft: #e5f0fb; --warn: #854600; --warn-soft: #fdf0d9;\n  --fail: #b01e17; --fail-soft: #fdeae8; --skip: #4b5563; --skip-soft: #eceef1;\n  --resolve: #64748b; --connect: #2f6fde; --greeting: #0c8f83; --tls: #7b45d8; --auth: #b7791f; --envelope: #5f7d12;\n  --quit: #a3adba; --failed: #d6312a;\n  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace;\n}\n@media screen and (prefers-color-scheme: dark) {\n  :root {\n    --ground: #0f1318; --card: #181d24; --text: #e6eaf0; --faint: #a0aab8; --line: #2d3540; --code: #222933;\n    --link: #82b8ff; --pass: #7fd8a4; --pass-soft: #12301f; --info: #90c5ff; --info-soft: #132a42; --warn: #f3c26f;\n    --warn-soft: #35260b; --fail: #ff9d93; --fail-soft: #421815; --skip: #b4bdc9; --skip-soft: #262d36;\n    --resolve: #94a3b8; --connect: #5b94f5; --greeting: #2bb5a7; --tls: #a57cf0; --auth: #dba13f; --envelope: #9cbb45;\n    --quit: #5c6775; --failed: #ff6b61;\n  }\n}\n* { box-sizing: border-box; }\nhtml { scroll-padding-top: 1rem; }\nbody { margin: 0; background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif; overflow-wrap: anywhere; }\n[hidden] { display: none !important; }\n.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }\n.width { max-width: 68rem; margin: 0 auto; padding: 0 1rem; }\n.faint { color: var(--faint); }\n.line { display: block; }\na { color: var(--link); text-underline-offset: .15em; }\n:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }\nmain:focus { outline: none; }\n.skip-link { position: absolute; left: 1rem; top: -5rem; padding: .5rem 1rem; background: var(--card); z-index: 2; }\n.skip-link:focus { top: .5rem; }\nh2 { margin: 2.5rem 0 .75rem; font-size: 1.3rem; line-height: 1.3; }\nh3, h4, h5 { margin: 0; line-height: 1.35; }\ncode, pre { font-family: var(--mono); font-size: .9em; unicode-bidi: isolate; }\npre { margin: .25rem 0 .5rem; padding: .6rem .75rem; background: var(--code); border-radius: 6px; white-space: pre-wrap; }\npre code { font-size: 1em; }\nbutton, select, input { font: inherit; color: inherit; }\nbutton { padding: .25rem .75rem; min-height: 2rem; background: var(--card); border: 1px solid var(--faint); border-radius: 6px; cursor: pointer; }\nbutton:hover { background: var(--code); }\ntable { width: 100%; border-collapse: collapse; }\nth, td { padding: .4rem .75rem .4rem 0; text-align: left; vertical-align: top; font-weight: inherit; }\nth:last-child, td:last-child { padding-right: 0; }\nthead th, caption { color: var(--faint); font-size: .875rem; text-align: left; }\ntbody tr { border-top: 1px solid var(--line); }\n\n.verdict { color: #fff; print-color-adjust: exact; -webkit-print-color-adjust: exact; }\n.verdict.pass { background: #14613a; } .verdict.info { background: #124f8c; } .verdict.warn { background: #7d4300; }\n.verdict.fail { background: #9e1b16; } .verdict.skip { background: #454e5b; }\n.verdict .width { padding-top: 1.25rem; padding-bottom: 1.75rem; }\n.verdict :focus-visible { outline-color: #fff; }\n.brand { margin: 0 0 1.25rem; display: flex; flex-wrap: wrap; justify-content: space-between; gap: .25rem 1rem; font-size: .925rem; }\nh1 { display: flex; gap: .45em; align-items: flex-start; margin: 0; font-size: clamp(1.6rem, 1.1rem + 2.6vw, 2.6rem); line-height: 1.15; letter-spacing: -.01em; text-wrap: balance; }\n.mark { flex: none; width: 1.05em; height: 1.05em; margin-top: .05em; fill: none; stroke: currentColor; stroke-width: 2.25; stroke-linecap: round; stroke-linejoin: round; }\n.lead { margin: .9rem 0 0; font-size: 1.0625rem; max-width: 60rem; }\n.verdict code { background: none; }\n\n.facts { margin: 1rem 0 0; display: grid; gap: .6rem 2rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); }\n.facts dt { color: var(--faint); font-size: .8125rem; }\n.facts dd { margin: 0; }\n.circumstances { margin-top: 0; padding: 1rem 0; border-bottom: 1px solid var(--line); grid-template-columns: repeat(auto-fit, minmax(min(100%, 9rem), auto)); }\n\n.badge { display: inline-block; padding: 0 .55em; border-radius: 1em; font-size: .875rem; line-height: 1.6; font-weight: 600; white-space: nowrap; }\n.badge.pass { color: var(--pass); background: var(--pass-soft); } .badge.info { color: var(--info); background: var(--info-soft); }\n.badge.warn { color: var(--warn); background: var(--warn-soft); } .badge.fail { color: var(--fail); background: var(--fail-soft); }\n.badge.skip { color: var(--skip); background: var(--skip-soft); }\n\n.overview code, .essence code { color: var(--faint); }\n.overview th:last-child { width: 5rem; } .overview th:first-child { width: 5.5rem; }\n.number { font-variant-numeric: tabular-nums; }\n\n.filters { display: flex; flex-wrap: wrap; gap: .75rem 1.25rem; align-items: end; padding: .9rem 1rem; margin-bottom: 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }\n.filters fieldset { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: 0; padding: 0; border: 0; min-height: 2rem; }\n.filters fieldset label { display: flex; align-items: center; gap: .35rem; cursor: pointer; }\n.filters fieldset label { min-height: 2rem; }\n.filters legend, .field span { padding: 0; color: var(--faint); font-size: .8125rem; }\n.field { display: grid; flex: 0 1 13rem; }\n.field select, .field input { min-height: 2rem; max-width: 100%; padding: .15rem .5rem; background: var(--ground); border: 1px solid var(--faint); border-radius: 6px; }\n.field input::placeholder { color: var(--faint); opacity: 1; }\ninput[type=checkbox] { width: 1.1rem; height: 1.1rem; margin: 0; accent-color: var(--link); }\n.buttons { display: flex; flex-wrap: wrap; gap: .5rem; }\n.shown { margin: 0 0 .25rem auto; font-weight: 600; font-variant-numeric: tabular-nums; }\n.left-out { margin: 0 0 1rem; padding: .6rem 1rem; border: 1px dashed var(--faint); border-radius: 8px; }\n\n.ruler { display: flex; flex-wrap: wrap; align-items: end; justify-content: space-between; gap: .5rem 1rem; padding: 0 1rem; }\n.legend { display: flex; flex-wrap: wrap; gap: .15rem 1rem; margin: 0 0 .35rem; padding: 0; list-style: none; font-size: .8125rem; color: var(--faint); }\n.legend svg { width: .75rem; height: .75rem; margin-right: .35rem; vertical-align: -.05rem; border-radius: 2px; }\n.axis { display: block; width: 100%; height: 1.4rem; overflow: visible; font-size: .75rem; }\n.axis text { fill: var(--faint); text-anchor: middle; transform: translateY(.75rem); }\n.axis text.first { text-anchor: start; } .axis text.last { text-anchor: end; }\n.axis .today { fill: var(--text); stroke: none; font-weight: 600; }\n.strip { display: block; width: 100%; height: .8rem; print-color-adjust: exact; -webkit-print-color-adjust: exact; }\nrect { height: 100%; }\n.k-resolve { fill: var(--resolve); } .k-connect { fill: var(--connect); } .k-greeting { fill: var(--greeting); }\n.k-tls { fill: var(--tls); } .k-auth { fill: var(--auth); } .k-envelope { fill: var(--envelope); }\n.k-quit { fill: var(--quit); } .k-failed { fill: var(--failed); }\n\n.targets { border: 1px solid var(--line); border-radius: 8px; background: var(--card); }\n.target + .target { border-top: 1px solid var(--line); }\n.target > summary { display: grid; grid-template: "badge latency" "name name" "strip strip" / 1fr auto; justify-items: start; gap: .35rem .75rem; align-items: baseline; padding: .65rem 1rem; cursor: pointer; list-style: none; border-radius: 8px; }\n.target > summary::-webkit-details-marker { display: none; }\n.target > summary:hover { background: var(--code); }\n.target > summary .badge { grid-area: badge; min-width: 5em; text-align: center; }\n.name { grid-area: name; }\n.name h3 { font-size: 1rem; font-weight: 600; }\n.name h3::after { content: " \u25b8"; content: " \u25b8" / ""; color: var(--faint); font-weight: 400; }\n.target[open] > summary h3::after { content: " \u25be"; content: " \u25be" / ""; }\n.essence { display: block; font-size: .9375rem; line-height: 1.4; }\n.target > summary .strip { grid-area: strip; justify-self: stretch; }\n.latency { grid-area: latency; font-variant-numeric: tabular-nums; text-align: right; min-width: 4rem; }\n.target[open] > summary { border-bottom: 1px solid var(--line); border-radius: 8px 8px 0 0; }\n.body { padding: .25rem 1rem 1.25rem; }\n.message { margin: .75rem 0; }\n.finding { margin: 1rem 0 1.5rem; }\n.finding h4 { font-size: 1.0625rem; }\n.finding h4 code { font-weight: 400; color: var(--faint); }\n.finding h5 { margin: .9rem 0 .15rem; font-size: .9375rem; }\n.finding ol, .finding ul { margin: .25rem 0; padding-left: 1.4rem; }\n.finding li { margin: .2rem 0; }\n.finding p { margin: .35rem 0; }\n.others { margin: .5rem 0; }\n.body details > summary { padding: .3rem 0; cursor: pointer; color: var(--link); }\n.body .facts { padding-top: 1rem; border-top: 1px solid var(--line); }\n.body > .facts:first-child { border: 0; margin-top: 0; }\ntime { white-space: nowrap; }\n.commands code { display: block; padding-left: 1.1em; text-indent: -1.1em; }\n.commands code::before { content: "$ "; color: var(--faint); }\n.copyable { display: flex; gap: .5rem; align-items: flex-start; }\n.copyable pre { flex: 1; min-width: 0; }\n.copy { margin-top: .35rem; min-width: 5.5rem; }\n\n.steps, .transcript { margin-top: 1.25rem; font-size: .9375rem; }\n.steps caption { padding-bottom: .25rem; color: var(--text); font-weight: 600; font-size: .9375rem; }\n.steps th, .steps td, .transcript td, .transcript th { padding-top: .2rem; padding-bottom: .2rem; }\n.steps th:first-child { width: 7.5rem; } .steps th:nth-child(2) { width: 4.5rem; }\n.steps td:nth-child(2), .transcript td:first-child { font-variant-numeric: tabular-nums; white-space: nowrap; color: var(--faint); }\n.steps .strip { margin: .3rem 0; }\n.steps .skipped th { color: var(--faint); }\n.because { color: var(--fail); }\n.transcript { margin-top: .25rem; }\n.transcript th:first-child { width: 5rem; } .transcript th:nth-child(2) { width: 4.5rem; }\n.transcript .client td { color: var(--link); }\n\n.certificates { table-layout: fixed; }\n.certificates th:first-child { width: 42%; } .certificates thead th:last-child { width: 6.5rem; }\n.certificates .faint { font-size: .875rem; }\n.validity { display: block; width: 100%; height: 1rem; margin-top: .3rem; border-radius: 4px; background: var(--code); print-color-adjust: exact; -webkit-print-color-adjust: exact; }\n.validity .pass { fill: var(--greeting); } .validity .warn { fill: var(--auth); } .validity .fail { fill: var(--failed); }\nline { stroke: var(--faint); }\n.validity line { stroke: var(--text); stroke-width: 2; }\n.dates { font-size: .875rem; color: var(--faint); }\n.left.fail { color: var(--fail); font-weight: 600; } .left.warn { color: var(--warn); font-weight: 600; }\n.trend { margin: 0 0 1rem; padding: .75rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }\n.trend h3 { font-size: 1rem; font-weight: 600; }\n.trend p { margin: 0; font-size: .9375rem; }\n.charts { display: grid; gap: .75rem 1.5rem; margin: .6rem 0 .35rem; align-items: end; grid-template-columns: repeat(auto-fill, minmax(min(100%, 18rem), 1fr)); }\n.chart { margin: 0; }\n.chart figcaption { display: flex; flex-wrap: wrap; gap: 0 .5rem; align-items: baseline; font-size: .9375rem; }\n.chart strong { font-variant-numeric: tabular-nums; }\n.range { margin-left: auto; font-size: .8125rem; font-variant-numeric: tabular-nums; }\n.chart svg { display: block; width: 100%; height: 3rem; margin-top: .2rem; border-bottom: 1px solid var(--faint); print-color-adjust: exact; -webkit-print-color-adjust: exact; }\n.chart .up { fill: var(--greeting); stroke: var(--greeting); } .chart .partly { fill: var(--auth); stroke: var(--auth); }\n.chart .down { fill: var(--failed); stroke: var(--failed); } .chart .speed { fill: var(--connect); stroke: var(--connect); }\n.chart path { stroke-width: 0; }\n.chart .area { fill-opacity: .2; }\n.chart .curve { fill: none; stroke-width: 2; stroke-linejoin: round; vector-effect: non-scaling-stroke; }\n.trend .span { font-size: .8125rem; }\nfooter.width { margin-top: 2.5rem; padding-top: 1rem; padding-bottom: 2.5rem; color: var(--faint); font-size: .875rem; }\n\n@media (min-width: 48rem) {\n  .target > summary { grid-template: "badge name strip latency" / auto 1fr 20rem auto; align-items: center; }\n  .latency { justify-self: end; }\n  .ruler { flex-wrap: nowrap; gap: .75rem; }\n  .ruler .axis { flex: none; width: 20rem; margin-left: auto; }\n  .to-greeting { flex: none; width: 4rem; text-align: right; font-size: .8125rem; color: var(--faint); }\n}\n@media (max-width: 47.99rem) {\n  .to-greeting { display: none; }\n}\n@media (max-width: 40rem) {\n  .year, .steps .axis text:not(.first):not(:last-of-type) { display: none; }\n  .steps th:first-child { width: 6.5rem; }\n  .certificates svg.axis line:not(:last-of-type) { display: none; }\n  .certificates th:first-child { width: 40%; } .certificates thead th:last-child { width: 5rem; }\n  .copyable { display: block; }\n  .copy { margin: -.25rem 0 .5rem; }\n  .shown { margin-left: 0; }\n}\n@media print {\n  body { background: #fff; font-size: 10pt; }\n  .filters, .copy, .skip-link, .name h3::after { display: none !important; }\n  .targets { border: 0; }\n  .target > summary, .finding h4, h2 { break-after: avoid; }\n  .finding, tr, pre, .trend { break-inside: avoid; }\n  details::details-content { display: block; content-visibility: visible; block-size: auto; }\n  a { color: inherit; }\n}\n';var de=n(5954);const fe=21,[pe,ue]=[200,40];function me(e){return e<0?"down":e<fe?"partly":"up"}const he=5;function ge({name:e,spread:t,say:n,colour:a},r,i){if(null===t)return null;const{last:s}=t,o=r.filter((e=>null!==e)),{line:l,area:c}=function(e,t,n){const a=pe/e.length,r=e=>$e(ue-2-(e-t)/(n-t)*(ue-4));let[i,s,o]=["","",""];for(const[t,n]of e.entries()){if(null===n){""!==o&&(s+=`V${ue}z`),o="";continue}const e=`${$e(t*a)} ${r(n)}`;i+=`${""===o?`M${e}`:`V${r(n)}`}h${$e(a)}`,s+=`${""===o?`M${$e(t*a)} ${ue}V${r(n)}`:`V${r(n)}`}h${$e(a)}`,o=e}return{line:i,area:""===o?s:`${s}V${ue}z`}}(r,Math.min(0,...o),Math.max(1,...o));return m`
    <figure class="chart">
      <figcaption>
        <span class="faint">${e}</span> <strong>${n(s)}</strong>
        <span class="faint range">${i}</span>
      </figcaption>
      <svg viewBox="0 0 ${pe} ${ue}" preserveAspectRatio="none" role="img">
        <title>${e}</title>
        <desc>At last ${n(s)}${""!==i&&`; ${i} in all`}.</desc>
        <path class="area ${a(s)}" d="${c}" />
        <path class="curve ${a(s)}" d="${l}" />
      </svg>
    </figure>`}function $e(e){return String(Number(e.toFixed(2)))}var be=n(5861),ve=n(3257);const ye=/^\d+ of \d+ targets cannot be used: /;function we(e,t){const{targets:n,fail:a,warn:r,info:i,skip:s}=e.totals,o=e.targets.some((({findings:e})=>e.some((e=>e.ignored)))),l=a>0||!o&&i+s===0&&!(0,ve.VC)(e,t);if(n<=1||!l)return(c=(0,be.P)(e,t)).charAt(0).toUpperCase()+c.slice(1);var c;const d=M(n,"mail server");return a===n?`None of ${d} can be used`:"fail"===e.status?`${S(a)} of ${d} cannot be used`:a>0?`Enough mail servers can be used: ${S(n-a)} of ${S(n)}`:`All ${d} can be used${r>0?`, ${S(r)} with a warning`:""}`}const xe={"github-hosted":"GitHub-hosted","self-hosted":"self-hosted",local:"local machine"},ke=[...o.f.toReversed(),"skip"],Me=300;function Se(e,t,n="fail"){const r=function({trend:e,startedAt:t}){return e&&e.runs>1?function({runs:e,since:t,targets:n,omitted:a},r){return m`
    <section aria-labelledby="trend">
      <h2 id="trend">Trend</h2>
      <p class="faint">${M(e,"run")} since ${x(t)}</p>
      ${n.map((e=>function(e,t,n){const{label:a,points:r,runs:i,latencyMs:s,daysLeft:o}=e,[l]=r,c=Math.max(...r.map((e=>e.runs))),d={name:"Time to greeting",spread:s,say:T.W,colour:()=>"speed"},f={name:"Certificate",spread:o,say:H,colour:me},p=c>1?`; each step stands for up to ${c}`:"";return m`
    <div class="trend">
      ${!n&&m`<h3>${a}</h3>`}
      <p class="streak">${u=(0,de.sayStreak)(e),`${u.charAt(0).toUpperCase()}${u.slice(1)}.`}</p>
      <div class="charts">
        ${function(e){const{points:t,runs:n,failed:a}=e,r=pe/Math.max(1,t.length),i=t.length>50?r:.8*r,s=(e,n)=>t.map(((t,a)=>n(t)?`M${$e(a*r)} ${ue}v-${e}h${$e(i)}v${e}`:"")).join("");return m`
    <figure class="chart">
      <figcaption>
        <span class="faint">Uptime</span> <strong>${(0,de.sayUptime)(e)}</strong>
        <span class="faint range">${0===a?"no failure":M(a,"failure")}</span>
      </figcaption>
      <svg viewBox="0 0 ${pe} ${ue}" preserveAspectRatio="none" role="img">
        <title>Uptime</title>
        <desc>${function({points:e}){const t=e.filter((({failed:e})=>e>0));if(0===t.length)return"No run failed.";const n=t.slice(-he).map((({when:e,failed:t})=>`${(0,de.sayTime)(e)}${t>1?` (${t})`:""}`));return`${t.length>he?"The last failures":"Failures"}: ${n.join(", ")}.`}(e)}</desc>
        <path class="up" d="${s(ue/2,(e=>0===e.failed))}" />
        <path class="partly" d="${s(.75*ue,(e=>e.failed>0&&e.failed<e.runs))}" />
        <path class="down" d="${s(ue,(e=>e.failed===e.runs))}" />
      </svg>
      <span class="hidden">${S(n-a)} of ${M(n,"run")} did not fail</span>
    </figure>`}(e)}
        ${ge(d,r.map((e=>e.latencyMs)),(0,de.sayRange)(s,T.W))}
        ${ge(f,r.map((e=>e.daysLeft)),(0,de.sayRange)(o,String))}
      </div>
      ${l&&m`<p class="faint span">${k(l.when)} to ${k(t)}, ${M(i,"run")}, left to right${p}</p>`}
    </div>`;var u}(e,r,1===n.length)))}
      ${a>0&&m`<p class="faint">${M(a,"more target")}, which failed no more often, only in the history itself.</p>`}
    </section>`}(e,t):null}(e),i=function(e,t,n=0){const a=ne-n,r=e.targets.toSorted(((e,t)=>ie[e.status]-ie[t.status])),i=function(e){let t=1;for(const{steps:n}of e)for(const e of n)t=Math.max(t,e.startMs+e.tookMs);const n=10**Math.floor(Math.log10(t/5)),a=[1,2,5,10].map((e=>e*n)).find((e=>t/e<=5))??t;return{endMs:t,markMs:a}}(r),s=r.map(((e,t)=>function(e,t,n,a){return{target:e,id:`t${t+1}`,detail:"whole",open:1===a||a<=re&&e.findings.length>0}}(e,t,0,r.length))),o=(e,n)=>Buffer.byteLength(String(J(e,!1,{scale:i,place:t,explainedAt:n})));if(r.length<=X){const e=oe(s);if(JSON.stringify(r).length*ee<=a||s.reduce(((t,n)=>t+o(n,e)),0)<=a)return{shown:s,scale:i,explainedAt:e,omitted:new Map}}return function(e,t,n,a){const r=oe(se(e)),i=new Map,s=new Map;let o=a;for(const t of(0,j.C)(e,(({target:e})=>e.code))){const e=t.target.findings.length>E?"row":"brief",a=n({...t,detail:e},r);if(o-a<ae)break;o-=a,i.set(t.id,a),s.set(t.id,e)}const l=e.flatMap((e=>{const t=s.get(e.id);return void 0===t?[]:[{...e,detail:t}]})),c=(e,t)=>{const a={...l[e],detail:t},s=n(a,r),c=s-(i.get(a.id)??0);c>o||(o-=c,l[e]=a,i.set(a.id,s))};for(const[e,{detail:t}]of l.entries())"row"===t&&c(e,"brief");const d=new Set(se(l).map((({id:e})=>e)));for(const[e,{id:t}]of l.entries())d.has(t)&&c(e,"explained");for(const[e,{detail:t,target:n}]of l.entries())"explained"!==t&&0!==n.findings.length||c(e,"whole");const f=new Map;for(const{id:t,target:n}of e)i.has(t)||f.set(n.status,(f.get(n.status)??0)+1);return{shown:l,scale:t,explainedAt:oe(l),omitted:f}}(s,i,o,a)}(e,t,null===r?0:Buffer.byteLength(String(r)));return`${function(e,t,{sentence:n,contents:r,trend:i}){const s=Array.from({length:4},(()=>Math.random().toString(36).slice(2))).join(""),f=e.findings.length>0&&function({findings:e,message:t},n){return m`
    <section aria-labelledby="own" class="own">
      <h2 id="own">What was found</h2>
      ${e.map((e=>L(e,{place:n,said:t===e.message,elsewhere:null})))}
    </section>`}(e,t);return m`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${function(e){const t=`'nonce-${e}'`;return`default-src 'none'; style-src ${t}; script-src ${t}; base-uri 'none'; form-action 'none'`}(s)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="generator" content="${l.y.name} ${l.y.version}" />
        <title>${c.SV[e.status]} ${n} – smtp-gate</title>
        <style nonce="${s}">${a(ce)}</style>
      </head>
      <body>
        <a class="skip-link" href="#main">Skip to the report</a>
        ${function({status:e,message:t,startedAt:n,totals:a},r){return m`
    <header class="verdict ${e}">
      <div class="width">
        <p class="brand"><strong>smtp-gate</strong> ${x(n)}</p>
        <h1>
          ${function(e){return m`
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="10.5" />
      <path d="${g[e]}" />
    </svg>`}(e)}
          <span><span class="hidden">${e}: </span>${r}</span>
        </h1>
        <p class="lead">${b(t.replace(ye,a.fail>1?"The first of them: ":""))}</p>
      </div>
    </header>`}(e,n)}
        <main id="main" class="width" tabindex="-1">
          ${function({runner:e,run:t,durationMs:n,totals:a}){const r=[xe[e.environment]??e.environment,e.os,...e.kubernetes?["in Kubernetes"]:e.container?["in a container"]:[]];return m`
    <section aria-labelledby="circumstances">
      <h2 id="circumstances" class="hidden">When and where</h2>
      <dl class="facts circumstances">
        ${w("Targets",a.targets>1&&function(e){const t=ke.filter((t=>e[t]>0)).map((t=>`${S(e[t])} ${t}`));return`${S(e.targets)}: ${t.join(", ")}`}(a))}
        ${w("Took",(0,T.W)(n))}
        ${w("Runner",r.join(", "))}
        ${t&&function({url:e,repository:t,workflow:n,runId:a,attempt:r,sha:i,ref:s,event:o}){const l=`${t}, ${n} ${a}${r>1?` (attempt ${r})`:""}`,c=s.replace(/^refs\/(?:heads|tags)\//,"");return m`
    ${w("Run",y(e,m`${l}`))}
    ${w("Commit",m`<code>${[...i].slice(0,9)}</code> ${c} (${o})`)}`}(t)}
      </dl>
    </section>`}(e)}
          ${f}
          ${e.targets.length>1&&function(e,t){return 0===e.length?null:m`
    <section aria-labelledby="found">
      <h2 id="found">What was found</h2>
      <table class="overview">
        <thead>
          <tr>
            <th scope="col">Status</th>
            <th scope="col">Finding</th>
            <th scope="col">Targets</th>
          </tr>
        </thead>
        <tbody>${e.map((e=>function({code:e,status:t,title:n,times:a},r){return m`
    <tr>
      <td>${$(t)}</td>
      <th scope="row">
        ${r?m`<a href="#${r.id}">${n}</a>`:m`<span>${n}</span>`} <code>${e}</code>
      </th>
      <td class="number">${S(a)}</td>
    </tr>`}(e,t.explainedAt.get(e.code))))}</tbody>
      </table>
    </section>`}(le(e),r)}
          ${e.targets.length>0&&function({targets:e,message:t},n,a){const{shown:r,scale:i,explainedAt:s}=a,l=r.length>1,c=r.map((e=>J(e,e.target.message===t,{scale:i,place:n,explainedAt:s})));return m`
    <section aria-labelledby="targets">
      <h2 id="targets">${l?"Targets":"The target"}</h2>
      ${l&&function(e,t){const n=t=>e.filter((({target:e})=>e.status===t)).length;return m`
    <search id="search" aria-label="Filter the targets" hidden>
      <form id="filters" class="filters">
        <fieldset>
          <legend>Status</legend>
          ${[...o.f.toReversed(),"skip"].filter((e=>n(e)>0)).map((e=>function(e,t){return m`
    <label>
      <input type="checkbox" name="status" value="${e}" />
      ${$(e)} ${S(t)}
    </label>`}(e,n(e))))}
        </fieldset>
        ${t.length>0&&function(e){return m`
    <label class="field">
      <span>Code</span>
      <select name="code">
        <option value="">any</option>
        ${e.map((({code:e,times:t})=>m`<option value="${e}">${e} (${S(t)})</option>`))}
      </select>
    </label>`}(t)}
        <label class="field">
          <span>Text</span>
          <input type="search" name="text" autocomplete="off" placeholder="host or words" />
        </label>
        <div class="buttons">
          <button type="reset">Reset</button>
          <button type="button" id="open-all">Open all</button>
          <button type="button" id="close-all">Close all</button>
        </div>
        <p id="shown" class="shown" role="status">${M(e.length,"target")}</p>
      </form>
    </search>`}(r,le({targets:r.map((({target:e})=>e))}))}
      ${function({shown:e,omitted:t}){const n=e.filter((({detail:e,target:t})=>"whole"!==e&&t.transcript.length>0)).length,a=e.filter((({detail:e,target:t})=>N(e)&&t.findings.length>0)).length,r=e.filter((({detail:e,target:t})=>"row"===e&&t.findings.length>E)).length,i=[...o.f,"skip"].filter((e=>t.has(e))),s=i.reduce(((e,n)=>e+(t.get(n)??0)),0),l=[...n>0?[`the conversations of ${M(n,"target")}`]:[],...a>0?[`causes and remedies that repeat, of ${M(a,"target")}`]:[],...r>0?[`more than ${E} findings of ${M(r,"target")}`]:[],...s>0?[`${M(s,"target")} (${i.map((e=>`${S(t.get(e)??0)} ${e}`)).join(", ")})`]:[]];return 0===l.length?null:m`
    <p class="left-out">
      <strong>Left out to keep this page small:</strong> ${l.join("; ")}. Everything is in the JSON report.
    </p>`}(a)}
      <div class="ruler" aria-hidden="true">
        ${function(e){const t=new Set(e.flatMap((({steps:e})=>e.map((({step:e})=>q[e]))))),n=e.some((({steps:e})=>e.some((({status:e})=>"failed"===e)))),a=Object.entries(W).filter((([e])=>t.has(e)));return n&&a.push(["failed","failed"]),m`<ul class="legend" aria-label="Colours of the bars">${a.map(U)}</ul>`}(e)}
        ${R(i)}
        <span class="to-greeting">greeting</span>
      </div>
      <div class="targets">${c}</div>
      <p id="nothing" hidden>No target is like that.</p>
    </section>`}(e,t,r)}
          ${i}
          ${function(e){const t=function({targets:e}){const t=new Map;for(const{tls:n,target:a}of e){if(null===n)continue;const e=JSON.stringify([n.subject,n.issuer,n.validFrom,n.validTo]),r=t.get(e);r?r.labels.push(a.label):t.set(e,{tls:n,from:Date.parse(n.validFrom),to:Date.parse(n.validTo),labels:[a.label]})}return[...t.values()].filter((({from:e,to:t})=>Number.isFinite(e)&&Number.isFinite(t))).sort(((e,t)=>e.to-t.to))}(e);if(0===t.length)return null;const n=Date.parse(e.startedAt),a=function(e,t){const n=Math.max(t-Q,Math.min(t,...e.map((e=>e.from)))),a=Math.min(t+Y,Math.max(t+G,...e.map((e=>e.to))));return{from:n,to:a,at:e=>Math.min(100,Math.max(0,(e-n)/(a-n)*100))}}(t,n),r=t.length-_;return m`
    <section aria-labelledby="certificates">
      <h2 id="certificates">Certificates</h2>
      <table class="certificates">
        <thead>
          <tr>
            <th scope="col">Certificate</th>
            <th scope="col"><span class="hidden">Validity</span>${function(e,t){const n=new Date(e.from).getUTCFullYear()+1,a=Array.from({length:4},((e,t)=>n+t)).filter((t=>Date.UTC(t)<e.to)),r=e.at(t);return m`
    <svg class="axis" aria-hidden="true">
      ${a.map((t=>function(e,t,n){const a=m`<text x="${I(t)}" class="${t>90?"year last":"year"}">${e}</text>`;return m`<line x1="${I(t)}" x2="${I(t)}" y1="75%" y2="100%" />${Math.abs(t-n)>16&&a}`}(t,e.at(Date.UTC(t)),r)))}
      <line x1="${I(r)}" x2="${I(r)}" y1="75%" y2="100%" />
      <text class="today ${r<10?"first":r>90?"last":""}" x="${I(r)}">today</text>
    </svg>`}(a,n)}</th>
            <th scope="col">Left</th>
          </tr>
        </thead>
        <tbody>${t.slice(0,_).map((e=>function({tls:e,from:t,to:n,labels:a},r,i){const{subject:s,issuer:o,validFrom:l,validTo:c,daysLeft:f}=e,[p="",...u]=a,h=f<0?"fail":f<K?"warn":"pass",[g,$,b]=[r.at(t),r.at(n),I(r.at(i))];return m`
    <tr>
      <th scope="row">
        ${(0,d.pj)(s,Z)}
        <span class="faint line">by ${(0,d.pj)(o,Z)}</span>
        <span class="faint line">${p}${u.length>0&&` and ${M(u.length,"more target")}`}</span>
      </th>
      <td>
        <svg class="validity" role="img">
          <title>Validity</title>
          <desc>${l.slice(0,10)} to ${c.slice(0,10)}, ${H(f)}</desc>
          <rect class="${h}" x="${I(g)}" width="${I(Math.max(.5,$-g))}" />
          <line x1="${b}" x2="${b}" y2="100%" />
        </svg>
        <span class="dates">${k(l)} – ${k(c)}</span>
      </td>
      <td class="left ${h}">${H(f)}</td>
    </tr>`}(e,a,n)))}</tbody>
      </table>
      ${r>0&&m`<p class="faint">${M(r,"more certificate")}, which last longer, in the JSON report.</p>`}
    </section>`}(e)}
          ${function(e){if(0===e.length)return null;const t=e.length-j.q;return m`
    <section aria-labelledby="notes">
      <h2 id="notes">Notes</h2>
      <ul>
        ${e.slice(0,j.q).map((e=>m`<li>${b((0,d.pj)(e,Me))}</li>`))}
        ${t>0&&m`<li>${M(t,"more note")} in the JSON report.</li>`}
      </ul>
    </section>`}(e.notes)}
        </main>
        <footer class="width">
          Written by ${l.y.name} ${l.y.version}. The JSON report holds everything that was seen.
        </footer>
        <p id="announcement" class="hidden" role="status"></p>
        <script nonce="${s}">${a(Te)}</script>
      </body>
    </html>`}(e,t,{sentence:we(e,n),contents:i,trend:r})}\n`}const Te=`(${function(){const e=e=>document.getElementById(e),t=[...document.querySelectorAll("details.target")],n=e("announcement");function a(e){const t=document.createElement("button");t.type="button",t.className="copy",t.textContent="Copy";const a=[...e.querySelectorAll("code")].map((e=>(e.textContent??"").trimEnd())).join("\n"),r=e=>{t.textContent=e,n&&(n.textContent=e),setTimeout((()=>{t.textContent="Copy",n&&(n.textContent="")}),2e3)};t.addEventListener("click",(async()=>{try{await navigator.clipboard.writeText(a),r("Copied")}catch{getSelection()?.selectAllChildren(e),r("Selected")}}));const i=document.createElement("div");i.className="copyable",e.replaceWith(i),i.append(e,t)}function r(){const t=e(location.hash.slice(1));t?.matches("details.target")&&(t.hidden&&e("filters")?.reset(),t.hidden=!1,t.open=!0,t.scrollIntoView(),t.querySelector("summary")?.focus({preventScroll:!0}))}let i=[];addEventListener("beforeprint",(()=>{i=[...document.querySelectorAll("details:not([open])")];for(const e of i)e.open=!0})),addEventListener("afterprint",(()=>{for(const e of i)e.open=!1;i=[]}));const s=e("filters");s&&function(n){let a;const r=e=>[...e.querySelectorAll("h3, .essence, .message, .finding h4, .finding > p, .finding > pre, .facts dd")].map((e=>e.textContent)).join(" ").toLowerCase();function i(){const i=new FormData(n),s=i.getAll("status"),o=i.get("code")||"",l=String(i.get("text")).toLowerCase().split(/\s+/).filter(Boolean);l.length>0&&(a??=t.map(r));let c=0;t.forEach(((e,t)=>{const{status:n="",codes:r=""}=e.dataset,i=(0===s.length||s.includes(n))&&(""===o||r.split(" ").includes(String(o)))&&l.every((e=>a?.[t]?.includes(e)));e.hidden===i&&(e.hidden=!i),i&&c++}));const d=e("shown"),f=`${t.length} ${1===t.length?"target":"targets"}`;d&&(d.textContent=c===t.length?f:`${c} of ${f}`);const p=e("nothing");p&&(p.hidden=c>0)}const s=e=>{for(const n of t)n.hidden||(n.open=e)};n.addEventListener("input",i),n.addEventListener("submit",(e=>e.preventDefault())),n.addEventListener("reset",(()=>setTimeout(i))),e("open-all")?.addEventListener("click",(()=>s(!0))),e("close-all")?.addEventListener("click",(()=>s(!1)));const o=e("search");o&&(o.hidden=!1),i()}(s);for(const e of document.querySelectorAll("pre.commands"))a(e);addEventListener("hashchange",r),r()}})();`})),5954:Object((function(e,t,n){n.r(t),n.d(t,{sayDays:()=>g,sayRange:()=>b,sayStreak:()=>u,sayTime:()=>h,sayUptime:()=>p,trendBlocks:()=>c,trendLines:()=>d});var a=n(2994),r=n(3443),i=n(2840);const s=50,o="\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588",l="\xb7";function c({trend:e,targets:t},n){if(null===e||e.runs<2||0===n)return[];const a=e.targets.slice(0,n),r=e.targets.length+e.omitted-a.length,s=t.length>1;return[...s?["---"]:[],`**Trend** over ${e.runs} runs since ${h(e.since)}`,...a.map((e=>(0,i.h0)([...s?[e.label]:[],...d(e)]))),...r>0?[`_The trends of ${r} more targets, which hold as often or more often, are not shown._`]:[]]}function d(e){const{runs:t,failed:n,points:i}=e,o=(0,a.Os)(i,s),[l,c]=[e.latencyMs,e.daysLeft];return[f("uptime",p(e),o.map($).join(""),`${t-n} of ${t} runs`),...null===l?[]:[f("greeting",(0,r.W)(l.last),v(o.map((e=>e.latencyMs))),b(l,r.W))],...null===c?[]:[f("certificate",g(c.last),v(o.map((e=>e.daysLeft))),b(c,String))],`  ${u(e)}`]}function f(e,t,n,a){return`  ${e.padEnd(11)}  ${t.padStart(9)}  ${n}  ${a}`}function p({failed:e,uptime:t}){return 0===e?"100 %":`${Number((Math.floor(1e3*t)/10).toFixed(1))} %`}function u({streak:e,lastFailure:t,runs:n}){const a=`since ${h(e.since)}`;if(e.failing)return`fails ${a}, in ${m(e.runs,n)} (${t?.code})`;if(null===t)return`no failure in ${m(e.runs,n)}, ${a}`;const{when:r,code:i}=t;return`last failure ${h(r)} (${i}), none in ${m(e.runs,n)} since`}function m(e,t){return e===t?1===t?"its only run":`all ${t} runs`:1===e?"1 run":`${e} runs`}function h(e){return`${e.slice(0,10)} ${e.slice(11,16)} UTC`}function g(e){return 1===e?"1 day":`${e} days`}function $({runs:e,failed:t}){return 0===t?"\u2588":t<e?"\u2584":"\u2581"}function b(e,t){return null===e||e.least===e.most?"":`${t(e.least)} to ${t(e.most)}`}function v(e){const t=e.filter((e=>null!==e)),[n,a]=[Math.min(0,...t),Math.max(1,...t)];return e.map((e=>null===e?l:o[(e=>Math.min(o.length-1,Math.floor((e-n)/(a-n)*o.length)))(e)])).join("")}}))};
//# sourceMappingURL=551.index.js.map