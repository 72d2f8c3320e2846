"use strict";exports.id=439,exports.ids=[439],exports.modules={7439:(t,e,n)=>{n.r(e),n.d(e,{htmlReport:()=>Kt});var s=n(9275);const a=1,o=(t,e)=>{const n=new String(t);return n.isEscaped=!0,n.callbacks=e,n},r=/[&<>'"]/,i=(t,e)=>{const n=t.search(r);if(-1===n)return void(e[0]+=t);let s,a,o=0;for(a=n;a<t.length;a++){switch(t.charCodeAt(a)){case 34:s="&quot;";break;case 39:s="&#39;";break;case 38:s="&amp;";break;case 60:s="&lt;";break;case 62:s="&gt;";break;default:continue}e[0]+=t.substring(o,a)+s,o=a+1}e[0]+=t.substring(o,a)},c=(t,...e)=>{const n=[""];for(let s=0,a=t.length-1;s<a;s++){n[0]+=t[s];const a=Array.isArray(e[s])?e[s].flat(1/0):[e[s]];for(let t=0,e=a.length;t<e;t++){const e=a[t];if("string"==typeof e)i(e,n);else if("number"==typeof e)n[0]+=e;else{if("boolean"==typeof e||null==e)continue;if("object"==typeof e&&e.isEscaped)if(e.callbacks)n.unshift("",e);else{const t=e.toString();t instanceof Promise?n.unshift("",t):n[0]+=t}else e instanceof Promise?n.unshift("",e):i(e.toString(),n)}}}return n[0]+=t.at(-1),1===n.length?o("callbacks"in n?(t=>{const e=t.callbacks;if(!e?.length)return t;const n=[t],s={};return e.forEach(t=>t({phase:a,buffer:n,context:s})),n[0]})(o(n[0],n.callbacks)):n[0]):(async(t,e)=>{let n="";e||=[];const s=await Promise.all(t);for(let t=s.length-1;n+=s[t],t--,!(t<0);t--){let a=s[t];if(null==a||"boolean"==typeof a)continue;if("number"==typeof a){n+=a;continue}"object"==typeof a&&e.push(...a.callbacks||[]);const o=a.isEscaped;if(a=await("object"==typeof a?a.toString():a),"object"==typeof a&&e.push(...a.callbacks||[]),a.isEscaped??o)n+=a;else{const t=[n];i(a,t),n=t[0]}}return o(n,e)})(n,n.callbacks)};var l=n(6857);const d=16e3,u=/\n +/g,p=t=>o(t),$=new WeakMap;function h(t,...e){let n=$.get(t);if(void 0===n){const e=t.map(t=>t.replace(u,""));n=Object.assign(e,{raw:e}),$.set(t,n)}return c(n,...e.map(f))}function f(t){return"string"==typeof t?(0,l.pj)(t,d):Array.isArray(t)?t.map(f):t}var g=n(6094),m=n(2044);const b={pass:"M6 12.5l4 4 8-9",info:"M12 6.5v.1M12 11v6.5",warn:"M12 6.5V13M12 17.4v.1",fail:"M7.5 7.5l9 9m0-9l-9 9",skip:"M7 12h10"};function y(t){return h`<span class="badge ${t}"><span aria-hidden="true">${m.SV[t]}</span> ${t}</span>`}function v(t){return h`${t.split(/(`[^`]+`)/).map((t,e)=>e%2==1?h`<code>${t.slice(1,-1)}</code>`:t)}`}function w(t){return h`<pre class="commands">${t.map(t=>h`<code>${t}\n</code>`)}</pre>`}function x(t,e){return/^https:\/\/[^\s/]/.test(t)?h`<a href="${t}">${e}</a>`:h`<span>${e}</span>`}function M(t,e){return null===e||!1===e?null:h`
    <div>
      <dt>${t}</dt>
      <dd>${e}</dd>
    </div>`}function S(t){return h`<time datetime="${t}">${(0,m.fU)(t)}</time>`}function k(t){return h`<time>${t.slice(0,10)}</time>`}function T(t,e,n=`${e}s`){return`${C(t)} ${1===t?e:n}`}function C(t){return String(t).replace(/\B(?=(?:\d{3})+$)/g," ")}var j=n(407);const A=5,L=t=>`code-${t}`;function N(t,e){const{code:n,status:s,title:a,message:o,impact:r,evidence:i,verify:c,docs:l}=t,{said:d,help:u}=e;return h`
    <section class="finding">
      <h4>${y(s)} ${a} <code>${n}</code>${t.ignored&&h`<span class="faint">${(0,m.ye)(t," (",")")}</span>`}</h4>
      ${!d&&h`<p>${v(o)}</p>`}
      <h5>Seen</h5>
      <pre><code>${i}</code></pre>
      ${"open"===u&&h`<p><strong>Why it matters:</strong> ${r}</p>`}
      ${"open"===u?W(t,e.place,5):function(t,{help:e,hasSection:n,place:s}){const{code:a,title:o,impact:r}=t,i=n?h`<p>Causes and remedies: <a href="#${L(a)}">${o}</a></p>`:h`<p>Causes and remedies are in the JSON report.</p>`;return"none"===e?i:h`
    ${n&&i}
    <details class="others">
      <summary>Causes and remedies for this target</summary>
      <p><strong>Why it matters:</strong> ${r}</p>
      ${W(t,s,5)}
    </details>`}(t,e)}
      <h5>To check the fix</h5>
      ${w([c])}
      ${("open"===u||!e.hasSection)&&h`<p>${x(l,h`More about <code>${n}</code>`)}</p>`}
    </section>`}function W(t,e,n){const{causes:s}=t,{here:a,elsewhere:o}=(0,m.gb)(t,e);return h`
    ${O(n,1===s.length?"Likely cause":"Likely causes, the likeliest first")}
    <ol>${s.slice(0,m.qj).map(t=>h`<li>${v(t)}</li>`)}</ol>
    ${E(s)}
    ${O(n,"What to do")}
    ${F(a)}
    ${E(a)}
    ${o.length>0&&(r=o,h`
    <details class="others">
      <summary>On other kinds of runner</summary>
      ${F(r)}
    </details>`)}`;var r}function O(t,e){return 4===t?h`<h4>${e}</h4>`:h`<h5>${e}</h5>`}function E(t){return t.length>m.qj?h`<p>${C(t.length-m.qj)} more in the JSON report.</p>`:null}function F(t){return h`<ul class="remedies">${t.slice(0,m.qj).map(U)}</ul>`}function U(t){const{text:e,commands:n}=t,s=(0,m.fW)(t);return h`
    <li>
      <p>${""!==s&&h`<strong>${s}: </strong>`}${v(e)}</p>
      ${n.length>0&&w(n)}
    </li>`}var q=n(7763);const J={resolve:"resolve",connect:"connect",greeting:"greeting, EHLO",tls:"TLS",auth:"AUTH",envelope:"MAIL, RCPT",quit:"QUIT"};function V(t,e){return h`
    <table class="steps">
      <caption>Where the time went</caption>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col">Time</th>
          <th scope="col">${B(e)}</th>
        </tr>
      </thead>
      <tbody>${t.map(t=>function(t,e){const{status:n,tookMs:s,because:a}=t,o="skipped"===n;return h`
    <tr class="${n}">
      <th scope="row">${q.U[t.step].label}</th>
      <td>${o?"\u2013":(0,j.W2)(s)}</td>
      <td>
        ${o&&h`<span class="faint">skipped${a&&`: ${a}`}</span>`}
        ${!o&&h`<svg class="strip" aria-hidden="true">${D(t,e)}</svg>`}
        ${"failed"===n&&h`<span class="because">&cross; ${a??"failed"}</span>`}
      </td>
    </tr>`}(t,e))}</tbody>
    </table>`}function D({step:t,startMs:e,tookMs:n,status:s},{endMs:a}){const o=Math.min(99,e/a*100),r=Math.max(.5,n/a*100);return h`<rect class="k-${"failed"===s?"failed":q.U[t].kind}" x="${I(o)}" width="${I(r)}" />`}function B({endMs:t,markMs:e}){const n=Array.from({length:Math.floor(t/e)+1},(t,n)=>n*e);return h`
    <svg class="axis" role="img">
      <title>Scale: 0 to ${(0,j.W2)(t)}</title>
      ${n.map(e=>function(t,e){const n=I(100*e);return h`
    <line x1="${n}" x2="${n}" y1="75%" y2="100%" />
    <text x="${n}" class="${0===e?"first":e>.9?"last":""}">${function(t){return 0===t?"0":t<1?`${Number(t.toFixed(2))} ms`:(0,j.W2)(t)}(t)}</text>`}(e,e/t))}
    </svg>`}function R([t,e]){return h`<li><svg aria-hidden="true"><rect class="k-${t}" width="100%" /></svg>${e}</li>`}function z({step:t,status:e,tookMs:n,because:s}){const a=q.U[t].label;return"failed"===e?`${a} failed after ${(0,j.W2)(n)} (${s})`:`${a} ${(0,j.W2)(n)}`}function I(t){return`${Number(t.toFixed(1))}%`}const P=200,H=6e4;function G(t){const e=function(t){let e=0;const n=t.findIndex(({text:t},n)=>(e+=t.length,n>=P||e>H));return n<0?t:t.slice(0,n)}(t),n=t.length-e.length;return h`
    <details>
      <summary>The conversation (${T(t.length,"line")})</summary>
      <table class="transcript">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">From</th>
            <th scope="col">Line</th>
          </tr>
        </thead>
        <tbody>${e.map(K)}</tbody>
      </table>
      ${n>0&&h`<p class="faint">${T(n,"more line")} in the JSON report.</p>`}
    </details>`}function K({from:t,atMs:e,text:n}){return h`
    <tr class="${t}">
      <td>${Math.round(e)} ms</td>
      <td>${t}</td>
      <td><code>${n}</code></td>
    </tr>`}function Q(t){return`@${encodeURIComponent(t)}`}function Y(t,e,{scale:n,place:s,explained:a,isMatrix:o}){const{target:r,id:i,detail:c,open:l}=t,d="brief"===c,{status:u,findings:p,steps:$,message:f,transcript:g,vantage:b}=r,w=[...p.map(({code:t})=>t),...o?[Q(b)]:[]],x=[...new Set(w)].join(" "),S=d?p.slice(0,A):p,k=p.length-S.length,C=S.map(t=>N(t,{place:s,said:f.startsWith(t.message),help:d?"none":a.has(t.code)?"folded":"open",hasSection:a.has(t.code)}));return h`
    <details class="target" id="${i}" data-status="${u}" data-codes="${x}"${l&&" open"}>
      <summary>
        ${y(u)}
        <span class="name"><h3>${r.target.label}</h3>${function({code:t,findings:e,latencyMs:n}){const s=e.find(e=>e.code===t)??e[0];if(!s)return h`<span class="essence faint">${null===n?"passes":"greets as it should"}</span>`;const a=e.length>1&&` and ${e.length-1} more`;return h`<span class="essence">${s.title} <code>${s.code}</code>${a}</span>`}(r)}</span>
        ${$.length>0&&function(t,e){const n=t.filter(({status:t})=>"skipped"!==t);return h`
    <svg class="strip" role="img">
      <title>Where the time went</title>
      <desc>${n.map(z).join(", ")}</desc>
      ${n.map(t=>D(t,e))}
    </svg>`}($,n)}
        ${function({latencyMs:t}){return null===t?h`<span class="latency"><span class="hidden">no greeting</span><span aria-hidden="true">&ndash;</span></span>`:h`<span class="latency"><span class="hidden">greeted after </span>${(0,j.W2)(t)}</span>`}(r)}
      </summary>
      <div class="body">
        ${!e&&h`<p class="message">${v(f)}</p>`}
        ${C}
        ${k>0&&h`<p>${T(k,"more finding")} in the JSON report.</p>`}
        ${function({target:t,...e},n){const{address:s,addresses:a,banner:o,latencyMs:r,tls:i,capabilities:c,attempts:l,durationMs:d}=e,u=a.filter(({outcome:t})=>"connected"!==t),p=c??[];return h`
    <dl class="facts">
      ${M("Address",s&&s!==t.host&&h`<code>${s}</code>`)}
      ${M("Not connected",u.length>0&&u.map(Z))}
      ${M("Greeting",o&&h`<code>${o}</code>`)}
      ${M("Time to greeting",!n&&null!==r&&(0,j.W2)(r))}
      ${M("TLS",i&&`${i.protocol}, ${i.cipher}, ${(0,m.A2)(i.authorized)}`)}
      ${M("Certificate",i&&function({subject:t,issuer:e,validFrom:n,validTo:s,daysLeft:a}){const o=h`${X(n)} to ${X(s)} (${_(a)})`;return h`<code>${t}</code> by <code>${e}</code>, ${o}`}(i))}
      ${M("Offers",p.length>0&&p.map(t=>h`<code>${t}</code> `))}
      ${M("Attempts",1!==l&&`${l} in ${(0,j.W2)(d)}`)}
    </dl>`}(r,d)}
        ${!d&&$.length>0&&V($,n)}
        ${!d&&g.length>0&&G(g)}
      </div>
    </details>`}function Z({address:t,outcome:e,errno:n,tookMs:s}){return h`<span class="line"><code>${t}</code> ${n??e} after ${(0,j.W2)(s)}</span>`}function X(t){return null===t?"(unreadable)":k(t)}function _(t){return null===t?"unknown":t>=0?`${T(t,"day")} left`:-1===t?"expired today":`expired ${T(-t-1,"day")} ago`}const tt=864e5,et=400*tt,nt=800*tt,st=30,at=21,ot=120;function rt(t){const e=function({targets:t}){const e=new Map;for(const{tls:n,target:s}of t){if(null===n||null===n.validFrom||null===n.validTo||null===n.daysLeft)continue;const{validFrom:t,validTo:a,daysLeft:o}=n,r=JSON.stringify([n.subject,n.issuer,n.validFrom,n.validTo]),i=e.get(r);if(i)i.labels.push(s.label);else{const i={from:Date.parse(t),to:Date.parse(a)};e.set(r,{tls:{...n,validFrom:t,validTo:a,daysLeft:o},...i,labels:[s.label]})}}return[...e.values()].filter(({from:t,to:e})=>Number.isFinite(t)&&Number.isFinite(e)).sort((t,e)=>t.to-e.to)}(t);if(0===e.length)return null;const n=Date.parse(t.startedAt),s=function(t,e){const n=Math.max(e-et,Math.min(e,...t.map(t=>t.from))),s=Math.min(e+nt,Math.max(e+tt,...t.map(t=>t.to)));return{from:n,to:s,at:t=>Math.min(100,Math.max(0,(t-n)/(s-n)*100))}}(e,n),a=e.length-st;return h`
    <section aria-labelledby="certificates">
      <h2 id="certificates">Certificates</h2>
      <table class="certificates">
        <thead>
          <tr>
            <th scope="col">Certificate</th>
            <th scope="col"><span class="hidden">Validity</span>${function(t,e){const n=new Date(t.from).getUTCFullYear()+1,s=Array.from({length:4},(t,e)=>n+e).filter(e=>Date.UTC(e)<t.to),a=t.at(e);return h`
    <svg class="axis" aria-hidden="true">
      ${s.map(e=>function(t,e,n){const s=h`<text x="${I(e)}" class="${e>90?"year last":"year"}">${t}</text>`;return h`<line x1="${I(e)}" x2="${I(e)}" y1="75%" y2="100%" />${Math.abs(e-n)>16&&s}`}(e,t.at(Date.UTC(e)),a))}
      <line x1="${I(a)}" x2="${I(a)}" y1="75%" y2="100%" />
      <text class="today ${a<10?"first":a>90?"last":""}" x="${I(a)}">today</text>
    </svg>`}(s,n)}</th>
            <th scope="col">Left</th>
          </tr>
        </thead>
        <tbody>${e.slice(0,st).map(t=>function({tls:t,from:e,to:n,labels:s},a,o){const{subject:r,issuer:i,validFrom:c,validTo:d,daysLeft:u}=t,[p="",...$]=s,f=u<0?"fail":u<at?"warn":"pass",[g,m,b]=[a.at(e),a.at(n),I(a.at(o))];return h`
    <tr>
      <th scope="row">
        ${(0,l.pj)(r,ot)}
        <span class="faint line">by ${(0,l.pj)(i,ot)}</span>
        <span class="faint line">${p}${$.length>0&&` and ${T($.length,"more target")}`}</span>
      </th>
      <td>
        <svg class="validity" role="img">
          <title>Validity</title>
          <desc>${c.slice(0,10)} to ${d.slice(0,10)}, ${_(u)}</desc>
          <rect class="${f}" x="${I(g)}" width="${I(Math.max(.5,m-g))}" />
          <line x1="${b}" x2="${b}" y2="100%" />
        </svg>
        <span class="dates">${k(c)} &ndash; ${k(d)}</span>
      </td>
      <td class="left ${f}">${_(u)}</td>
    </tr>`}(t,s,n))}</tbody>
      </table>
      ${a>0&&h`<p class="faint">${T(a,"more certificate")}, which last longer, in the JSON report.</p>`}
    </section>`}function it(t,e,n){const s={};for(const{target:e}of t)s[e.status]=(s[e.status]??0)+1;return h`
    <search id="search" aria-label="Filter the targets" hidden>
      <form id="filters" class="filters">
        <fieldset>
          <legend>Status</legend>
          ${(0,m.N4)(s).map(([t,e])=>function(t,e){return h`
    <label>
      <input type="checkbox" name="status" value="${t}" />
      ${y(t)} ${C(e)}
    </label>`}(t,e))}
        </fieldset>
        ${n&&function({vantages:t}){return h`
    <label class="field">
      <span>From</span>
      <select name="from">
        <option value="">any</option>
        ${t.map(t=>h`<option value="${Q(t)}">${t}</option>`)}
      </select>
    </label>`}(n)}
        ${e.length>0&&function(t){return h`
    <label class="field">
      <span>Code</span>
      <select name="code">
        <option value="">any</option>
        ${t.map(({code:t,targets:e})=>h`<option value="${t}">${t} (${C(e)})</option>`)}
      </select>
    </label>`}(e)}
        <label class="field">
          <span>Text</span>
          <input type="search" name="text" autocomplete="off" placeholder="host or words" />
        </label>
        <div class="buttons">
          <button type="reset">Reset</button>
          <button type="button" id="open-all">Open all</button>
          <button type="button" id="close-all">Close all</button>
        </div>
        <p id="shown" class="shown" role="status">${T(t.length,"target")}</p>
      </form>
    </search>`}var ct=n(4904);const lt=15e4,dt={rows:300,columns:40},ut=120;function pt({label:t,status:e,cells:n},s,a){return h`
    <tr>
      <th scope="row"><code>${(0,l.pj)(t,ut)}</code></th>
      <td>${y(e)}</td>
      ${s.map((e,s)=>function(t,e){if(null===t)return h`<td><span class="hidden">not checked</span><span aria-hidden="true">&ndash;</span></td>`;const{status:n,code:s}=t,a=h`<span aria-hidden="true">${m.SV[n]}</span> ${function(t,e){return""===e?t:e}(n,s)}`,o=void 0===e?h`<span>${a}</span>`:h`<a href="#${e}">${a}</a>`;return h`<td class="cell ${n}">${o}</td>`}(n[s]??null,a.get(`${t} from ${e}`)))}
    </tr>`}var $t=n(4581);const ht=30,ft=200,gt=3,mt=3,bt=25e4;function yt({codes:t,place:e},n){const s=new Map;let a=0;for(const o of t){const t=wt(o,e,{idOf:n,open:s.size<mt}),r=Buffer.byteLength(String(t));a+r>bt||(a+=r,s.set(o.code,t))}return{sections:s,bytes:a}}function vt(t,e){return 0===t.length?null:h`
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
        <tbody>${t.map(t=>function({code:t,status:e,title:n,counts:s,ignored:a,targets:o},r){const i=(0,m.N4)(s),c=i.length+(a>0?1:0)>1;return h`
    <tr>
      <td>
        ${0===i.length&&y(e)}
        ${i.map(([t,e])=>h`<span class="line">${y(t)}${c&&` ${C(e)}`}</span>`)}
        ${a>0&&h`<span class="faint line">${c&&`${C(a)} `}ignored</span>`}
      </td>
      <th scope="row">
        ${r?h`<a href="#${L(t)}">${n}</a>`:h`<span>${n}</span>`} <code>${t}</code>
      </th>
      <td class="number">${C(o)}</td>
    </tr>`}(t,e.has(t.code)))}</tbody>
      </table>
      ${e.size>0&&h`<div class="codes">${[...e.values()]}</div>`}
    </section>`}function wt(t,e,{idOf:n,open:s}){const{code:a,status:o,title:r,sightings:i,explanations:c}=t,d=i.length-ht;return h`
    <details class="code" id="${L(a)}"${s&&" open"}>
      <summary>
        ${y(o)}
        <span class="name"><h3>${r} <code>${a}</code></h3><span class="essence faint">${(0,m.gM)(t)}</span></span>
      </summary>
      <div class="body">
        <p><strong>Why it matters:</strong> ${i[0].finding.impact}</p>
        <h4>Where</h4>
        <ul class="where">${i.slice(0,ht).map(e=>function({target:t,finding:e},{status:n},s){const a=s(t),{label:o}=t.target;return h`
    <li>
      ${null===a?h`<span>${o}</span>`:h`<a href="#${a}">${o}</a>`}
      ${e.status!==n&&h` ${y(e.status)}`}
      ${e.ignored&&h`<span class="faint">${(0,m.ye)(e," (",")")}</span>`}
      ${": "}<code>${(0,l.pj)(e.evidence,ft)}</code>
    </li>`}(e,t,n))}</ul>
        ${d>0&&h`<p class="faint">${T(d,"more finding")} at the targets below.</p>`}
        ${c.slice(0,gt).map((t,n)=>[n>0&&h`<h4>At ${(0,m.eZ)(t.sightings)}</h4>`,W(t.sightings[0].finding,e,4)])}
        ${c.length>gt&&function(t){const e=new Set(t.flatMap(({sightings:t})=>t.map(({target:t})=>t)));return h`<p>At ${(0,$t.c)(e.size,"more ")} something else may help: it stands there.</p>`}(c.slice(gt))}
        <h4>To check the fix</h4>
        ${w([i[0].finding.verify])}
        <p>${x(i[0].finding.docs,h`More about <code>${a}</code>`)}</p>
      </div>
    </details>`}const xt=8,Mt=50,St=84e4,kt=8e4,Tt=5;function Ct(t,e=0){const{targets:n}=t,s=function(t){const e=Math.max(1,(0,m.M2)(t)),n=10**Math.floor(Math.log10(e/5)),s=[1,2,5,10].map(t=>t*n).find(t=>e/t<=5)??e;return{endMs:e,markMs:s}}(n),a=n.map((t,e)=>function(t,e,n){const s=1===n||n<=Tt&&t.findings.length>0;return{target:t,id:`t${e+1}`,detail:"whole",open:s}}(t,e,n.length)),o=new Map(a.map(({target:t,id:e})=>[t,e])),{sections:r,bytes:i}=yt(t,t=>o.get(t)??null),c=a.length>1,l=St-e-(c?i:0),d=h(t,c?r:new Map);if(a.length<=Mt&&function(t,e,n){return JSON.stringify(t.map(({target:t})=>t)).length*xt<=n||t.reduce((t,n)=>t+jt(n,e),0)<=n}(a,d,l))return{shown:a,scale:s,sections:c?r:new Map,omitted:new Map};const u=function(t,e,n){const s=new Map;let a=n;for(const n of function(t,e){const n=new Set,[s,a]=[[],[]];for(const o of t){const t=e(o);(n.has(t)?a:s).push(o),n.add(t)}return[...s,...a]}(t,({target:t})=>t.code)){const t=jt({...n,detail:"brief"},e);if(a-t<kt)break;a-=t,s.set(n.id,t)}return t.flatMap(t=>{const n=s.get(t.id);if(void 0===n)return[];const o=0===t.target.findings.length?1/0:jt(t,e)-n;return o>a?[{...t,detail:"brief"}]:(a-=o,[t])})}(a,h(t,r),St-e-i),p=new Set(u.map(({target:t})=>t)),$=yt(t,t=>p.has(t)?o.get(t)??null:null);return{shown:u,scale:s,sections:$.sections,omitted:At(a,p)};function h({place:t,matrix:e},n){return{scale:s,place:t,explained:n,isMatrix:null!==e}}}function jt(t,e){return Buffer.byteLength(String(Y(t,!1,e)))}function At(t,e){const n=new Map;for(const{target:s}of t)e.has(s)||n.set(s.status,(n.get(s.status)??0)+1);return n}var Lt=n(3024);const Nt=()=>(0,Lt.readFileSync)(n.ab+"page.css","utf8");var Wt=n(9468);const Ot=21,[Et,Ft]=[200,40];function Ut({runs:t,since:e,targets:n,omitted:s},a){return h`
    <section aria-labelledby="trend">
      <h2 id="trend">Trend</h2>
      <p class="faint">${T(t,"run")} since ${S(e)}</p>
      ${n.map(t=>function(t,e,n){const{label:s,points:a,runs:o,latencyMs:r,daysLeft:i}=t,[c]=a,l=Math.max(...a.map(t=>t.runs)),d={name:"Time to greeting",spread:r,say:j.W2,colour:()=>"speed"},u={name:"Certificate",spread:i,say:_,colour:qt},p=l>1?`; each step stands for up to ${l}`:"";return h`
    <div class="trend">
      ${!n&&h`<h3>${s}</h3>`}
      <p class="streak">${$=(0,Wt.y1)(t),`${$.charAt(0).toUpperCase()}${$.slice(1)}.`}</p>
      <div class="charts">
        ${function(t){const{points:e,runs:n,failed:s}=t,a=Et/Math.max(1,e.length),o=e.length>50?a:.8*a,r=(t,n)=>e.map((e,s)=>n(e)?`M${Dt(s*a)} ${Ft}v-${t}h${Dt(o)}v${t}`:"").join("");return h`
    <figure class="chart">
      <figcaption>
        <span class="faint">Uptime</span> <strong>${(0,Wt.SS)(t)}</strong>
        <span class="faint range">${0===s?"no failure":T(s,"failure")}</span>
      </figcaption>
      <svg viewBox="0 0 ${Et} ${Ft}" preserveAspectRatio="none" role="img">
        <title>Uptime</title>
        <desc>${function({points:t}){const e=t.filter(({failed:t})=>t>0);if(0===e.length)return"No run failed.";const n=e.slice(-Jt).map(({when:t,failed:e})=>`${(0,m.fU)(t)}${e>1?` (${e})`:""}`);return`${e.length>Jt?"The last failures":"Failures"}: ${n.join(", ")}.`}(t)}</desc>
        <path class="up" d="${r(Ft/2,t=>0===t.failed)}" />
        <path class="partly" d="${r(.75*Ft,t=>t.failed>0&&t.failed<t.runs)}" />
        <path class="down" d="${r(Ft,t=>t.failed===t.runs)}" />
      </svg>
      <span class="hidden">${C(n-s)} of ${T(n,"run")} did not fail</span>
    </figure>`}(t)}
        ${Vt(d,a.map(t=>t.latencyMs),(0,Wt.DJ)(r,j.W2))}
        ${Vt(u,a.map(t=>t.daysLeft),(0,Wt.DJ)(i,String))}
      </div>
      ${c&&h`<p class="faint span">${k(c.when)} to ${k(e)}, ${T(o,"run")}, left to right${p}</p>`}
    </div>`;var $}(t,a,1===n.length))}
      ${s>0&&h`<p class="faint">${T(s,"more target")}, which failed no more often, only in the history itself.</p>`}
    </section>`}function qt(t){return t<0?"down":t<Ot?"partly":"up"}const Jt=5;function Vt({name:t,spread:e,say:n,colour:s},a,o){if(null===e)return null;const{last:r}=e,i=a.filter(t=>null!==t),{line:c,area:l}=function(t,e,n){const s=Et/t.length,a=t=>Dt(Ft-2-(t-e)/(n-e)*(Ft-4));let[o,r,i]=["","",""];for(const[e,n]of t.entries()){if(null===n){""!==i&&(r+=`V${Ft}z`),i="";continue}const t=`${Dt(e*s)} ${a(n)}`;o+=`${""===i?`M${t}`:`V${a(n)}`}h${Dt(s)}`,r+=`${""===i?`M${Dt(e*s)} ${Ft}V${a(n)}`:`V${a(n)}`}h${Dt(s)}`,i=t}return{line:o,area:""===i?r:`${r}V${Ft}z`}}(a,Math.min(0,...i),Math.max(1,...i));return h`
    <figure class="chart">
      <figcaption>
        <span class="faint">${t}</span> <strong>${n(r)}</strong>
        <span class="faint range">${o}</span>
      </figcaption>
      <svg viewBox="0 0 ${Et} ${Ft}" preserveAspectRatio="none" role="img">
        <title>${t}</title>
        <desc>At last ${n(r)}${""!==o&&`; ${o} in all`}.</desc>
        <path class="area ${s(r)}" d="${l}" />
        <path class="curve ${s(r)}" d="${c}" />
      </svg>
    </figure>`}function Dt(t){return String(Number(t.toFixed(2)))}var Bt=n(26);function Rt({status:t,message:e,startedAt:n,totals:s},a){return h`
    <header class="verdict ${t}">
      <div class="width">
        <p class="brand"><strong>smtp-gate</strong> ${S(n)}</p>
        <h1>
          ${function(t){return h`
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="10.5" />
      <path d="${b[t]}" />
    </svg>`}(t)}
          <span><span class="hidden">${t}: </span>${a}</span>
        </h1>
        <p class="lead">${v(e.replace(zt,s.fail>1?"The first of them: ":""))}</p>
      </div>
    </header>`}const zt=/^\d+ of \d+ targets cannot be used: /;function It(t){const{report:e,failOn:n}=t,{targets:s,fail:a,warn:o,info:r,skip:i}=e.totals,c=a>0||!(0,m.DS)(e)&&r+i===0&&!(0,Bt.VC)(e,n);if(s<=1||!c)return(l=(0,m.Pl)(t)).charAt(0).toUpperCase()+l.slice(1);var l;const d=T(s,"mail server");if(a===s)return`None of ${d} can be used`;if("fail"===e.status)return`${C(a)} of ${d} cannot be used`;if(a>0)return`Enough mail servers can be used: ${C(s-a)} of ${C(s)}`;return`All ${d} can be used${o>0?`, ${C(o)} with a warning`:""}`}function Pt({runner:t,run:e,durationMs:n,totals:s}){const a=[Ht[t.environment]??t.environment,t.os,...t.kubernetes?["in Kubernetes"]:t.container?["in a container"]:[]];return h`
    <section aria-labelledby="circumstances">
      <h2 id="circumstances" class="hidden">When and where</h2>
      <dl class="facts circumstances">
        ${M("Targets",s.targets>1&&function(t){const e=(0,m.N4)(t).map(([t,e])=>`${C(e)} ${t}`);return`${C(t.targets)}: ${e.join(", ")}`}(s))}
        ${M("Took",(0,j.W2)(n))}
        ${M("Runner",a.join(", "))}
        ${e&&function({url:t,repository:e,workflow:n,runId:s,attempt:a,sha:o,ref:r,event:i}){const c=`${e}, ${n} ${s}${a>1?` (attempt ${a})`:""}`,l=r.replace(/^refs\/(?:heads|tags)\//,"");return h`
    ${M("Run",x(t,h`${c}`))}
    ${M("Commit",h`<code>${[...o].slice(0,9)}</code> ${l} (${i})`)}`}(e)}
      </dl>
    </section>`}const Ht={"github-hosted":"GitHub-hosted","self-hosted":"self-hosted",local:"local machine"};const Gt=300;function Kt(t){const e=function({trend:t,startedAt:e}){return t&&t.runs>1?Ut(t,e):null}(t.report),n=Ct(t,(null===e?0:Buffer.byteLength(String(e)))+(t.matrix?lt:0));return`${function(t,{sentence:e,contents:n,trend:a}){const{report:o,place:r}=t,i=Array.from({length:4},()=>Math.random().toString(36).slice(2)).join(""),c=o.findings.length>0&&function({findings:t,message:e},n){const s=t.map(t=>N(t,{place:n,said:e===t.message,help:"open",hasSection:!1}));return h`
    <section aria-labelledby="own" class="own">
      <h2 id="own">What was found</h2>
      ${s}
    </section>`}(o,r);return h`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${function(t){const e=`'nonce-${t}'`;return`default-src 'none'; style-src ${e}; script-src ${e}; base-uri 'none'; form-action 'none'`}(i)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="generator" content="${s.y.name} ${s.y.version}" />
        <title>${m.SV[o.status]} ${e} &ndash; smtp-gate</title>
        <style nonce="${i}">${p(Nt())}</style>
      </head>
      <body>
        <a class="skip-link" href="#main">Skip to the report</a>
        ${Rt(o,e)}
        <main id="main" class="width" tabindex="-1">
          ${Pt(o)}
          ${0===o.targets.length&&c}
          ${t.matrix&&function(t,e){const{vantages:n,rows:s,troubled:a}=t,o=a>0?[`${T(a,"target")} ${1===a?"does":"do"} not pass from everywhere`]:[],r=new Map(e.map(({target:t,id:e})=>[t.target.label,e])),i=n.slice(0,dt.columns),c=[];let l=lt-2e3;for(const t of s.slice(0,dt.rows)){const e=pt(t,i,r);if(l-=Buffer.byteLength(String(e)),l<0)break;c.push(e)}const d=s.length-c.length,u=n.length-i.length;return h`
    <section aria-labelledby="matrix">
      <h2 id="matrix">Targets by vantage points</h2>
      <p class="faint">
        ${[...o,...(0,ct.m$)(t)].map(t=>`${t}.`).join(" ")}
      </p>
      <div class="matrix" tabindex="0" role="region" aria-labelledby="matrix">
        <table>
          <thead>
            <tr>
              <th scope="col">Target</th>
              <th scope="col">Verdict</th>
              ${i.map(t=>h`<th scope="col">${t}</th>`)}
            </tr>
          </thead>
          <tbody>${c}</tbody>
        </table>
      </div>
      ${d>0&&h`<p class="faint">${T(d,"more target")} in the list below and in the JSON report.</p>`}
      ${u>0&&h`<p class="faint">${T(u,"more vantage point")} in the JSON report.</p>`}
    </section>`}(t.matrix,n.shown)}
          ${o.targets.length>0&&c}
          ${n.sections.size>0&&vt(t.codes,n.sections)}
          ${o.targets.length>0&&function({report:{message:t},targets:e,place:n,matrix:s},a){const{shown:o,scale:r,sections:i}=a,c=o.length>1,l=o.map(e=>Y(e,e.target.message===t,{scale:r,place:n,explained:i,isMatrix:null!==s}));return h`
    <section aria-labelledby="targets">
      <h2 id="targets">${c?"Targets":"The target"}</h2>
      ${c&&it(o,(0,g.v)(o.map(({target:t})=>t)),s)}
      ${function({shown:t,omitted:e}){const n=t.filter(({detail:t})=>"brief"===t).map(({target:t})=>t),s=n.filter(({transcript:t})=>t.length>0).length,a=n.filter(({findings:t})=>t.length>0).length,o=n.filter(({findings:t})=>t.length>A).length,r=(0,m.N4)(Object.fromEntries(e)),i=r.reduce((t,[,e])=>t+e,0),c=[...s>0?[`the conversations of ${T(s,"target")}`]:[],...a>0?[`causes and remedies that repeat, of ${T(a,"target")}`]:[],...o>0?[`more than ${A} findings of ${T(o,"target")}`]:[],...i>0?[`${T(i,"target")} (${r.map(([t,e])=>`${C(e)} ${t}`).join(", ")})`]:[]];if(0===c.length)return null;return h`
    <p class="left-out">
      <strong>Left out to keep this page small:</strong> ${c.join("; ")}. Everything is in the JSON report.
    </p>`}(a)}
      <div class="ruler" aria-hidden="true">
        ${function(t){const e=new Set(t.flatMap(({steps:t})=>t.map(({step:t})=>q.U[t].kind))),n=t.some(({steps:t})=>t.some(({status:t})=>"failed"===t)),s=Object.entries(J).filter(([t])=>e.has(t));return n&&s.push(["failed","failed"]),h`<ul class="legend" aria-label="Colours of the bars">${s.map(R)}</ul>`}(e)}
        ${B(r)}
        <span class="to-greeting">greeting</span>
      </div>
      <div class="targets">${l}</div>
      <p id="nothing" hidden>No target is like that.</p>
    </section>`}(t,n)}
          ${a}
          ${rt(o)}
          ${function(t){if(0===t.length)return null;const e=t.length-m.qj;return h`
    <section aria-labelledby="notes">
      <h2 id="notes">Notes</h2>
      <ul>
        ${t.slice(0,m.qj).map(t=>h`<li>${v((0,l.pj)(t,Gt))}</li>`)}
        ${e>0&&h`<li>${T(e,"more note")} in the JSON report.</li>`}
      </ul>
    </section>`}(o.notes)}
        </main>
        <footer class="width">
          Written by ${s.y.name} ${s.y.version}. The JSON report holds everything that was seen.
        </footer>
        <p id="announcement" class="hidden" role="status"></p>
        <script nonce="${i}">${p(Qt)}</script>
      </body>
    </html>`}(t,{sentence:It(t),contents:n,trend:e})}\n`}const Qt=`(${function(){const t=t=>document.getElementById(t),e=[...document.querySelectorAll("details.target")],n=t("announcement");function s(t){const e=document.createElement("button");e.type="button",e.className="copy",e.textContent="Copy";const s=[...t.querySelectorAll("code")].map(t=>(t.textContent??"").trimEnd()).join("\n"),a=t=>{e.textContent=t,n&&(n.textContent=t),setTimeout(()=>{e.textContent="Copy",n&&(n.textContent="")},2e3)};e.addEventListener("click",async()=>{try{await navigator.clipboard.writeText(s),a("Copied")}catch{getSelection()?.selectAllChildren(t),a("Selected")}});const o=document.createElement("div");o.className="copyable",t.replaceWith(o),o.append(t,e)}function a(){const e=t(location.hash.slice(1));e?.matches("details.target, details.code")&&(e.hidden&&t("filters")?.reset(),e.hidden=!1,e.open=!0,e.scrollIntoView(),e.querySelector("summary")?.focus({preventScroll:!0}))}const o=t("filters");o&&function(n){let s;const a=t=>[...t.querySelectorAll("h3, .essence, .message, .finding h4, .finding > p, .finding > pre, .facts dd")].map(t=>t.textContent).join(" ").toLowerCase();function o(t,e,n){const s=String(t.get(e)||"");return""===s||n.includes(s)}function r(){const r=new FormData(n),i=r.getAll("status"),c=String(r.get("text")).toLowerCase().split(/\s+/).filter(Boolean);c.length>0&&(s??=e.map(a));const l=(t,e)=>{const{status:n="",codes:a=""}=t.dataset,l=a.split(" ");return(0===i.length||i.includes(n))&&o(r,"code",l)&&o(r,"from",l)&&c.every(t=>s?.[e]?.includes(t))};let d=0;for(const[t,n]of e.entries()){const e=l(n,t);n.hidden===e&&(n.hidden=!e),e&&d++}!function(n){const s=t("shown"),a=`${e.length} ${1===e.length?"target":"targets"}`;s&&(s.textContent=n===e.length?a:`${n} of ${a}`);const o=t("nothing");o&&(o.hidden=n>0)}(d)}const i=t=>{for(const n of e)n.hidden||(n.open=t)};n.addEventListener("input",r),n.addEventListener("submit",t=>t.preventDefault()),n.addEventListener("reset",()=>setTimeout(r)),t("open-all")?.addEventListener("click",()=>i(!0)),t("close-all")?.addEventListener("click",()=>i(!1));const c=t("search");c&&(c.hidden=!1),r()}(o);for(const t of document.querySelectorAll("pre.commands"))s(t);addEventListener("hashchange",a),a()}})();`}};
