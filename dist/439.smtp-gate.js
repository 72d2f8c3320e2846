"use strict";exports.id=439,exports.ids=[439],exports.modules={7439:(t,e,n)=>{n.r(e),n.d(e,{htmlReport:()=>Xt});var s=n(9275);const a=1,o=(t,e)=>{const n=new String(t);return n.isEscaped=!0,n.callbacks=e,n},r=/[&<>'"]/,i=(t,e)=>{const n=t.search(r);if(-1===n)return void(e[0]+=t);let s,a,o=0;for(a=n;a<t.length;a++){switch(t.charCodeAt(a)){case 34:s="&quot;";break;case 39:s="&#39;";break;case 38:s="&amp;";break;case 60:s="&lt;";break;case 62:s="&gt;";break;default:continue}e[0]+=t.substring(o,a)+s,o=a+1}e[0]+=t.substring(o,a)},l=(t,...e)=>{const n=[""];for(let s=0,a=t.length-1;s<a;s++){n[0]+=t[s];const a=Array.isArray(e[s])?e[s].flat(1/0):[e[s]];for(let t=0,e=a.length;t<e;t++){const e=a[t];if("string"==typeof e)i(e,n);else if("number"==typeof e)n[0]+=e;else{if("boolean"==typeof e||null==e)continue;if("object"==typeof e&&e.isEscaped)if(e.callbacks)n.unshift("",e);else{const t=e.toString();t instanceof Promise?n.unshift("",t):n[0]+=t}else e instanceof Promise?n.unshift("",e):i(e.toString(),n)}}}return n[0]+=t.at(-1),1===n.length?o("callbacks"in n?(t=>{const e=t.callbacks;if(!e?.length)return t;const n=[t],s={};return e.forEach(t=>t({phase:a,buffer:n,context:s})),n[0]})(o(n[0],n.callbacks)):n[0]):(async(t,e)=>{let n="";e||=[];const s=await Promise.all(t);for(let t=s.length-1;n+=s[t],t--,!(t<0);t--){let a=s[t];if(null==a||"boolean"==typeof a)continue;if("number"==typeof a){n+=a;continue}"object"==typeof a&&e.push(...a.callbacks||[]);const o=a.isEscaped;if(a=await("object"==typeof a?a.toString():a),"object"==typeof a&&e.push(...a.callbacks||[]),a.isEscaped??o)n+=a;else{const t=[n];i(a,t),n=t[0]}}return o(n,e)})(n,n.callbacks)};var c=n(6857);const d=16e3,u=/\n +/g,p=t=>o(t),$=new WeakMap;function f(t,...e){let n=$.get(t);if(void 0===n){const e=t.map(t=>t.replace(u,""));n=Object.assign(e,{raw:e}),$.set(t,n)}return l(n,...e.map(h))}function h(t){return"string"==typeof t?(0,c.pj)(t,d):Array.isArray(t)?t.map(h):t}var g=n(6094),m=n(2044);const b={pass:"M6 12.5l4 4 8-9",info:"M12 6.5v.1M12 11v6.5",warn:"M12 6.5V13M12 17.4v.1",fail:"M7.5 7.5l9 9m0-9l-9 9",skip:"M7 12h10"};function y(t){return f`<span class="badge ${t}"><span aria-hidden="true">${m.SV[t]}</span> ${t}</span>`}function v(t){return f`${t.split(/(`[^`]+`)/).map((t,e)=>e%2==1?f`<code>${t.slice(1,-1)}</code>`:t)}`}function w(t){return f`<pre class="commands">${t.map(t=>f`<code>${t}\n</code>`)}</pre>`}function x(t,e){return/^https:\/\/[^\s/]/.test(t)?f`<a href="${t}">${e}</a>`:f`<span>${e}</span>`}function M(t,e){return null===e||!1===e?null:f`
    <div>
      <dt>${t}</dt>
      <dd>${e}</dd>
    </div>`}function S(t){return f`<time datetime="${t}">${(0,m.fU)(t)}</time>`}function k(t){return f`<time>${t.slice(0,10)}</time>`}function C(t,e,n=`${e}s`){return`${T(t)} ${1===t?e:n}`}function T(t){return String(t).replace(/\B(?=(?:\d{3})+$)/g," ")}var j=n(407),A=n(2581);const W=5,L=t=>`code-${t}`;function N(t,e){const{code:n,status:s,title:a,message:o,impact:r,evidence:i,verify:l,docs:c}=t,{said:d,help:u}=e;return f`
    <section class="finding">
      <h4>${y(s)} ${"open"===u&&`${(0,A.A)(t)}: `}${a} <code>${n}</code>${t.ignored&&f`<span class="faint">${(0,m.ye)(t," (",")")}</span>`}</h4>
      ${!d&&f`<p>${v(o)}</p>`}
      <h5>Seen</h5>
      <pre><code>${i}</code></pre>
      ${"open"===u&&f`<p><strong>Why it matters:</strong> ${r}</p>`}
      ${"open"===u?O(t,e.place,5):function(t,{help:e,hasSection:n,place:s}){const{code:a,title:o,impact:r}=t,i=n?f`<p>Causes and remedies: <a href="#${L(a)}">${o}</a></p>`:f`<p>Causes and remedies are in the JSON report.</p>`;return"none"===e?i:f`
    ${n&&i}
    <details class="others">
      <summary>Causes and remedies for this target</summary>
      <p><strong>Why it matters:</strong> ${r}</p>
      ${O(t,s,5)}
    </details>`}(t,e)}
      <h5>To check the fix</h5>
      ${w([l])}
      ${("open"===u||!e.hasSection)&&f`<p>${x(c,f`More about <code>${n}</code>`)}</p>`}
    </section>`}function O(t,e,n){const{causes:s}=t,{here:a,elsewhere:o}=(0,m.gb)(t,e);return f`
    ${E(n,1===s.length?"Likely cause":"Likely causes, the likeliest first")}
    <ol>${s.slice(0,m.qj).map(t=>f`<li>${v(t)}</li>`)}</ol>
    ${F(s)}
    ${E(n,"What to do")}
    ${U(a)}
    ${F(a)}
    ${o.length>0&&(r=o,f`
    <details class="others">
      <summary>On other kinds of runner</summary>
      ${U(r)}
    </details>`)}`;var r}function E(t,e){return 4===t?f`<h4>${e}</h4>`:f`<h5>${e}</h5>`}function F(t){return t.length>m.qj?f`<p>${T(t.length-m.qj)} more in the JSON report.</p>`:null}function U(t){return f`<ul class="remedies">${t.slice(0,m.qj).map(V)}</ul>`}function V(t){const{text:e,commands:n}=t,s=(0,m.fW)(t);return f`
    <li>
      <p>${""!==s&&f`<strong>${s}: </strong>`}${v(e)}</p>
      ${n.length>0&&w(n)}
    </li>`}var J=n(7763);const q={resolve:"resolve",connect:"connect",greeting:"greeting, EHLO",tls:"TLS",auth:"AUTH",envelope:"MAIL, RCPT",quit:"QUIT"};function D(t,e){return f`
    <table class="steps">
      <caption>Where the time went</caption>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col">Time</th>
          <th scope="col">${I(e)}</th>
        </tr>
      </thead>
      <tbody>${t.map(t=>function(t,e){const{status:n,tookMs:s,because:a}=t,o="skipped"===n;return f`
    <tr class="${n}">
      <th scope="row">${J.U[t.step].label}</th>
      <td>${o?"\u2013":(0,j.W2)(s)}</td>
      <td>
        ${o&&f`<span class="faint">skipped${a&&`: ${a}`}</span>`}
        ${!o&&f`<svg class="strip" aria-hidden="true">${B(t,e)}</svg>`}
        ${"failed"===n&&f`<span class="because">&cross; ${a??"failed"}</span>`}
      </td>
    </tr>`}(t,e))}</tbody>
    </table>`}function B({step:t,startMs:e,tookMs:n,status:s},{endMs:a}){const o=Math.min(99,e/a*100),r=Math.max(.5,n/a*100);return f`<rect class="k-${"failed"===s?"failed":J.U[t].kind}" x="${P(o)}" width="${P(r)}" />`}function I({endMs:t,markMs:e}){const n=Array.from({length:Math.floor(t/e)+1},(t,n)=>n*e);return f`
    <svg class="axis" role="img">
      <title>Scale: 0 to ${(0,j.W2)(t)}</title>
      ${n.map(e=>function(t,e){const n=P(100*e);return f`
    <line x1="${n}" x2="${n}" y1="75%" y2="100%" />
    <text x="${n}" class="${0===e?"first":e>.9?"last":""}">${function(t){return 0===t?"0":t<1?`${Number(t.toFixed(2))} ms`:(0,j.W2)(t)}(t)}</text>`}(e,e/t))}
    </svg>`}function z([t,e]){return f`<li><svg aria-hidden="true"><rect class="k-${t}" width="100%" /></svg>${e}</li>`}function R({step:t,status:e,tookMs:n,because:s}){const a=J.U[t].label;return"failed"===e?`${a} failed after ${(0,j.W2)(n)} (${s})`:`${a} ${(0,j.W2)(n)}`}function P(t){return`${Number(t.toFixed(1))}%`}const H=200,G=6e4;function K(t){const e=function(t){let e=0;const n=t.findIndex(({text:t},n)=>(e+=t.length,n>=H||e>G));return n<0?t:t.slice(0,n)}(t),n=t.length-e.length;return f`
    <details>
      <summary>The conversation (${C(t.length,"line")})</summary>
      <table class="transcript">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">From</th>
            <th scope="col">Line</th>
          </tr>
        </thead>
        <tbody>${e.map(Q)}</tbody>
      </table>
      ${n>0&&f`<p class="faint">${C(n,"more line")} in the JSON report.</p>`}
    </details>`}function Q({from:t,atMs:e,text:n}){return f`
    <tr class="${t}">
      <td>${Math.round(e)} ms</td>
      <td>${t}</td>
      <td><code>${n}</code></td>
    </tr>`}function Y(t){return`@${encodeURIComponent(t)}`}function Z(t){return`!${t}`}function X(t,e,{scale:n,place:s,explained:a,isMatrix:o}){const{target:r,id:i,detail:l,open:c}=t,d="brief"===l,{status:u,findings:p,steps:$,message:h,transcript:g,vantage:b}=r,w=p.flatMap(({fault:t,ignored:e})=>e?[]:[Z(t)]),x=[...p.map(({code:t})=>t),...w,...o?[Y(b)]:[]],S=[...new Set(x)].join(" "),k=d?p.slice(0,W):p,T=p.length-k.length,L=k.map(t=>N(t,{place:s,said:h.startsWith(t.message),help:d?"none":a.has(t.code)?"folded":"open",hasSection:a.has(t.code)}));return f`
    <details class="target" id="${i}" data-status="${u}" data-codes="${S}"${c&&" open"}>
      <summary>
        ${y(u)}
        <span class="name"><h3>${r.target.label}</h3>${function({code:t,findings:e,latencyMs:n,delivery:s}){const a=e.find(e=>e.code===t)??e[0];if(!a){return f`<span class="essence faint">${s?.verdict??(null===n?"passes":"greets as it should")}</span>`}const o=e.length>1&&` and ${e.length-1} more`;return f`<span class="essence">${(0,A.A)(a)}: ${a.title} <code>${a.code}</code>${o}</span>`}(r)}</span>
        ${$.length>0&&function(t,e){const n=t.filter(({status:t})=>"skipped"!==t);return f`
    <svg class="strip" role="img">
      <title>Where the time went</title>
      <desc>${n.map(R).join(", ")}</desc>
      ${n.map(t=>B(t,e))}
    </svg>`}($,n)}
        ${function({latencyMs:t}){return null===t?f`<span class="latency"><span class="hidden">no greeting</span><span aria-hidden="true">&ndash;</span></span>`:f`<span class="latency"><span class="hidden">greeted after </span>${(0,j.W2)(t)}</span>`}(r)}
      </summary>
      <div class="body">
        ${!e&&f`<p class="message">${v(h)}</p>`}
        ${L}
        ${T>0&&f`<p>${C(T,"more finding")} in the JSON report.</p>`}
        ${function({target:t,...e},n){const{address:s,localAddress:a,addresses:o,banner:r,latencyMs:i,tls:l,capabilities:c,attempts:d,durationMs:u,delivery:p}=e,$=o.filter(({outcome:t})=>"connected"!==t),h=c??[];return f`
    <dl class="facts">
      ${M("Address",s&&s!==t.host&&f`<code>${s}</code>`)}
      ${M("Connected from",a&&f`<code>${a}</code>`)}
      ${M("Not connected",$.length>0&&$.map(_))}
      ${M("Greeting",r&&f`<code>${r}</code>`)}
      ${M("Time to greeting",!n&&null!==i&&(0,j.W2)(i))}
      ${M("TLS",l&&`${l.protocol}, ${l.cipher}, ${(0,m.A2)(l.authorized)}`)}
      ${M("Certificate",l&&function({subject:t,issuer:e,validFrom:n,validTo:s,daysLeft:a}){const o=f`${tt(n)} to ${tt(s)} (${et(a)})`;return f`<code>${t}</code> by <code>${e}</code>, ${o}`}(l))}
      ${M("Offers",h.length>0&&h.map(t=>f`<code>${t}</code> `))}
      ${(p?.shown??[]).map(([t,e])=>M(function(t){return t.charAt(0).toUpperCase()+t.slice(1)}(t),f`<code>${e}</code>`))}
      ${M("Attempts",1!==d&&`${d} in ${(0,j.W2)(u)}`)}
    </dl>`}(r,d)}
        ${!d&&$.length>0&&D($,n)}
        ${!d&&g.length>0&&K(g)}
      </div>
    </details>`}function _({address:t,outcome:e,errno:n,tookMs:s}){return f`<span class="line"><code>${t}</code> ${n??e} after ${(0,j.W2)(s)}</span>`}function tt(t){return null===t?"(unreadable)":k(t)}function et(t){return null===t?"unknown":t>=0?`${C(t,"day")} left`:-1===t?"expired today":`expired ${C(-t-1,"day")} ago`}const nt=864e5,st=400*nt,at=800*nt,ot=30,rt=21,it=120;function lt(t){const e=function({targets:t}){const e=new Map;for(const{tls:n,target:s}of t){if(null===n||null===n.validFrom||null===n.validTo||null===n.daysLeft)continue;const{validFrom:t,validTo:a,daysLeft:o}=n,r=JSON.stringify([n.subject,n.issuer,n.validFrom,n.validTo]),i=e.get(r);if(i)i.labels.push(s.label);else{const i={from:Date.parse(t),to:Date.parse(a)};e.set(r,{tls:{...n,validFrom:t,validTo:a,daysLeft:o},...i,labels:[s.label]})}}return[...e.values()].filter(({from:t,to:e})=>Number.isFinite(t)&&Number.isFinite(e)).sort((t,e)=>t.to-e.to)}(t);if(0===e.length)return null;const n=Date.parse(t.startedAt),s=function(t,e){const n=Math.max(e-st,Math.min(e,...t.map(t=>t.from))),s=Math.min(e+at,Math.max(e+nt,...t.map(t=>t.to)));return{from:n,to:s,at:t=>Math.min(100,Math.max(0,(t-n)/(s-n)*100))}}(e,n),a=e.length-ot;return f`
    <section aria-labelledby="certificates">
      <h2 id="certificates">Certificates</h2>
      <table class="certificates">
        <thead>
          <tr>
            <th scope="col">Certificate</th>
            <th scope="col"><span class="hidden">Validity</span>${function(t,e){const n=new Date(t.from).getUTCFullYear()+1,s=Array.from({length:4},(t,e)=>n+e).filter(e=>Date.UTC(e)<t.to),a=t.at(e);return f`
    <svg class="axis" aria-hidden="true">
      ${s.map(e=>function(t,e,n){const s=f`<text x="${P(e)}" class="${e>90?"year last":"year"}">${t}</text>`;return f`<line x1="${P(e)}" x2="${P(e)}" y1="75%" y2="100%" />${Math.abs(e-n)>16&&s}`}(e,t.at(Date.UTC(e)),a))}
      <line x1="${P(a)}" x2="${P(a)}" y1="75%" y2="100%" />
      <text class="today ${a<10?"first":a>90?"last":""}" x="${P(a)}">today</text>
    </svg>`}(s,n)}</th>
            <th scope="col">Left</th>
          </tr>
        </thead>
        <tbody>${e.slice(0,ot).map(t=>function({tls:t,from:e,to:n,labels:s},a,o){const{subject:r,issuer:i,validFrom:l,validTo:d,daysLeft:u}=t,[p="",...$]=s,h=u<0?"fail":u<rt?"warn":"pass",[g,m,b]=[a.at(e),a.at(n),P(a.at(o))];return f`
    <tr>
      <th scope="row">
        ${(0,c.pj)(r,it)}
        <span class="faint line">by ${(0,c.pj)(i,it)}</span>
        <span class="faint line">${p}${$.length>0&&` and ${C($.length,"more target")}`}</span>
      </th>
      <td>
        <svg class="validity" role="img">
          <title>Validity</title>
          <desc>${l.slice(0,10)} to ${d.slice(0,10)}, ${et(u)}</desc>
          <rect class="${h}" x="${P(g)}" width="${P(Math.max(.5,m-g))}" />
          <line x1="${b}" x2="${b}" y2="100%" />
        </svg>
        <span class="dates">${k(l)} &ndash; ${k(d)}</span>
      </td>
      <td class="left ${h}">${et(u)}</td>
    </tr>`}(t,s,n))}</tbody>
      </table>
      ${a>0&&f`<p class="faint">${C(a,"more certificate")}, which last longer, in the JSON report.</p>`}
    </section>`}var ct=n(4918);function dt(t,e,n){const s={};for(const{target:e}of t)s[e.status]=(s[e.status]??0)+1;return f`
    <search id="search" aria-label="Filter the targets" hidden>
      <form id="filters" class="filters">
        <fieldset>
          <legend>Status</legend>
          ${(0,m.N4)(s).map(([t,e])=>function(t,e){return f`
    <label>
      <input type="checkbox" name="status" value="${t}" />
      ${y(t)} ${T(e)}
    </label>`}(t,e))}
        </fieldset>
        ${n&&function({vantages:t}){return f`
    <label class="field">
      <span>From</span>
      <select name="from">
        <option value="">any</option>
        ${t.map(t=>f`<option value="${Y(t)}">${t}</option>`)}
      </select>
    </label>`}(n)}
        ${e.length>0&&function(t){const e=new Map;for(const{target:n}of t){const t=new Set(n.findings.flatMap(({fault:t,ignored:e})=>e?[]:[t]));for(const n of t)e.set(n,(e.get(n)??0)+1)}const n=ct.y2.filter(t=>e.has(t));return f`
    <label class="field">
      <span>Whose fault</span>
      <select name="fault">
        <option value="">any</option>
        ${n.map(t=>f`<option value="${Z(t)}">${A.FI[t]} (${T(e.get(t)??0)})</option>`)}
      </select>
    </label>`}(t)}
        ${e.length>0&&function(t){return f`
    <label class="field">
      <span>Code</span>
      <select name="code">
        <option value="">any</option>
        ${t.map(({code:t,sightings:e})=>f`<option value="${t}">${t} (${T(function(t){return new Set(t.map(({target:t})=>t)).size}(e))})</option>`)}
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
        <p id="shown" class="shown" role="status">${C(t.length,"target")}</p>
      </form>
    </search>`}var ut=n(4904);const pt=15e4,$t={rows:300,columns:40},ft=120;function ht({label:t,status:e,cells:n},s,a){return f`
    <tr>
      <th scope="row"><code>${(0,c.pj)(t,ft)}</code></th>
      <td>${y(e)}</td>
      ${s.map((e,s)=>function(t,e){if(null===t)return f`<td><span class="hidden">not checked</span><span aria-hidden="true">&ndash;</span></td>`;const{status:n,code:s}=t,a=f`<span aria-hidden="true">${m.SV[n]}</span> ${function(t,e){return""===e?t:e}(n,s)}`,o=void 0===e?f`<span>${a}</span>`:f`<a href="#${e}">${a}</a>`;return f`<td class="cell ${n}">${o}</td>`}(n[s]??null,a.get(`${t} from ${e}`)))}
    </tr>`}var gt=n(4581);const mt=30,bt=200,yt=3,vt=3,wt=25e4;function xt({codes:t,place:e},n){const s=new Map;let a=0;for(const o of t){const t=St(o,e,{idOf:n,open:s.size<vt}),r=Buffer.byteLength(String(t));a+r>wt||(a+=r,s.set(o.code,t))}return{sections:s,bytes:a}}function Mt(t,e){return 0===t.length?null:f`
    <section aria-labelledby="found">
      <h2 id="found">What was found</h2>
      <table class="overview">
        <thead>
          <tr>
            <th scope="col">Status</th>
            <th scope="col">Whose fault</th>
            <th scope="col">Finding</th>
            <th scope="col">Targets</th>
          </tr>
        </thead>
        <tbody>${t.map(t=>function(t,e){const{code:n,status:s,title:a,counts:o,ignored:r,targets:i,from:l}=t,c=(0,m.N4)(o),d=c.length+(r>0?1:0)>1;return f`
    <tr>
      <td>
        ${0===c.length&&y(s)}
        ${c.map(([t,e])=>f`<span class="line">${y(t)}${d&&` ${T(e)}`}</span>`)}
        ${r>0&&f`<span class="faint line">${d&&`${T(r)} `}ignored</span>`}
      </td>
      <td>${(0,g.xm)(t)}</td>
      <th scope="row">
        ${e?f`<a href="#${L(n)}">${a}</a>`:f`<span>${a}</span>`} <code>${n}</code>
      </th>
      <td class="number">${T(i)}${l.length>0&&f`<span class="faint line">from ${(0,ut.EI)(l)}</span>`}</td>
    </tr>`}(t,e.has(t.code)))}</tbody>
      </table>
      ${e.size>0&&f`<div class="codes">${[...e.values()]}</div>`}
    </section>`}function St(t,e,{idOf:n,open:s}){const{code:a,status:o,title:r,sightings:i,explanations:l}=t,d=i.length-mt;return f`
    <details class="code" id="${L(a)}"${s&&" open"}>
      <summary>
        ${y(o)}
        <span class="name"><h3>${(0,g.xm)(t)}: ${r} <code>${a}</code></h3><span class="essence faint">${(0,m.gM)(t)}</span></span>
      </summary>
      <div class="body">
        <p><strong>Why it matters:</strong> ${i[0].finding.impact}</p>
        <h4>Where</h4>
        <ul class="where">${i.slice(0,mt).map(e=>function({target:t,finding:e},{status:n},s){const a=s(t),{label:o}=t.target;return f`
    <li>
      ${null===a?f`<span>${o}</span>`:f`<a href="#${a}">${o}</a>`}
      ${e.status!==n&&f` ${y(e.status)}`}
      ${e.ignored&&f`<span class="faint">${(0,m.ye)(e," (",")")}</span>`}
      ${": "}<code>${(0,c.pj)(e.evidence,bt)}</code>
    </li>`}(e,t,n))}</ul>
        ${d>0&&f`<p class="faint">${C(d,"more finding")} at the targets below.</p>`}
        ${l.slice(0,yt).map((t,n)=>[n>0&&f`<h4>At ${(0,m.eZ)(t.sightings)}</h4>`,O(t.sightings[0].finding,e,4)])}
        ${l.length>yt&&function(t){const e=new Set(t.flatMap(({sightings:t})=>t.map(({target:t})=>(0,g.Vb)(t))));return f`<p>At ${(0,gt.c)(e.size,"more ")} something else may help: it stands there.</p>`}(l.slice(yt))}
        <h4>To check the fix</h4>
        ${w([i[0].finding.verify])}
        <p>${x(i[0].finding.docs,f`More about <code>${a}</code>`)}</p>
      </div>
    </details>`}const kt=8,Ct=50,Tt=85e4,jt=8e4,At=5;function Wt(t,e=0){const{targets:n}=t,s=function(t){const e=Math.max(1,(0,m.M2)(t)),n=10**Math.floor(Math.log10(e/5)),s=[1,2,5,10].map(t=>t*n).find(t=>e/t<=5)??e;return{endMs:e,markMs:s}}(n),a=n.map((t,e)=>function(t,e,n){const s=1===n||n<=At&&t.findings.length>0;return{target:t,id:`t${e+1}`,detail:"whole",open:s}}(t,e,n.length)),o=new Map(a.map(({target:t,id:e})=>[t,e])),{sections:r,bytes:i}=xt(t,t=>o.get(t)??null),l=a.length>1,c=Tt-e-(l?i:0),d=f(t,l?r:new Map);if(a.length<=Ct&&function(t,e,n){return JSON.stringify(t.map(({target:t})=>t)).length*kt<=n||t.reduce((t,n)=>t+Lt(n,e),0)<=n}(a,d,c))return{shown:a,scale:s,sections:l?r:new Map,omitted:new Map};const u=function(t,e,n){const s=new Map;let a=n;for(const n of function(t,e){const n=new Set,[s,a]=[[],[]];for(const o of t){const t=e(o);(n.has(t)?a:s).push(o),n.add(t)}return[...s,...a]}(t,({target:t})=>t.code)){const t=Lt({...n,detail:"brief"},e);if(a-t<jt)break;a-=t,s.set(n.id,t)}return t.flatMap(t=>{const n=s.get(t.id);if(void 0===n)return[];const o=0===t.target.findings.length?1/0:Lt(t,e)-n;return o>a?[{...t,detail:"brief"}]:(a-=o,[t])})}(a,f(t,r),Tt-e-i),p=new Set(u.map(({target:t})=>t)),$=xt(t,t=>p.has(t)?o.get(t)??null:null);return{shown:u,scale:s,sections:$.sections,omitted:Nt(a,p)};function f({place:t,matrix:e},n){return{scale:s,place:t,explained:n,isMatrix:null!==e}}}function Lt(t,e){return Buffer.byteLength(String(X(t,!1,e)))}function Nt(t,e){const n=new Map;for(const{target:s}of t)e.has(s)||n.set(s.status,(n.get(s.status)??0)+1);return n}var Ot=n(3024);const Et=()=>(0,Ot.readFileSync)(n.ab+"page.css","utf8");var Ft=n(9468);const Ut=21,[Vt,Jt]=[200,40];function qt({runs:t,since:e,targets:n,omitted:s},a){return f`
    <section aria-labelledby="trend">
      <h2 id="trend">Trend</h2>
      <p class="faint">${C(t,"run")} since ${S(e)}</p>
      ${n.map(t=>function(t,e,n){const{label:s,points:a,runs:o,latencyMs:r,daysLeft:i}=t,[l]=a,c=Math.max(...a.map(t=>t.runs)),d={name:"Time to greeting",spread:r,say:j.W2,colour:()=>"speed"},u={name:"Certificate",spread:i,say:et,colour:Dt},p=c>1?`; each step stands for up to ${c}`:"";return f`
    <div class="trend">
      ${!n&&f`<h3>${s}</h3>`}
      <p class="streak">${$=(0,Ft.y1)(t),`${$.charAt(0).toUpperCase()}${$.slice(1)}.`}</p>
      <div class="charts">
        ${function(t){const{points:e,runs:n,failed:s}=t,a=Vt/Math.max(1,e.length),o=e.length>50?a:.8*a,r=(t,n)=>e.map((e,s)=>n(e)?`M${zt(s*a)} ${Jt}v-${t}h${zt(o)}v${t}`:"").join("");return f`
    <figure class="chart">
      <figcaption>
        <span class="faint">Uptime</span> <strong>${(0,Ft.SS)(t)}</strong>
        <span class="faint range">${0===s?"no failure":C(s,"failure")}</span>
      </figcaption>
      <svg viewBox="0 0 ${Vt} ${Jt}" preserveAspectRatio="none" role="img">
        <title>Uptime</title>
        <desc>${function({points:t}){const e=t.filter(({failed:t})=>t>0);if(0===e.length)return"No run failed.";const n=e.slice(-Bt).map(({when:t,failed:e})=>`${(0,m.fU)(t)}${e>1?` (${e})`:""}`);return`${e.length>Bt?"The last failures":"Failures"}: ${n.join(", ")}.`}(t)}</desc>
        <path class="up" d="${r(Jt/2,t=>0===t.failed)}" />
        <path class="partly" d="${r(.75*Jt,t=>t.failed>0&&t.failed<t.runs)}" />
        <path class="down" d="${r(Jt,t=>t.failed===t.runs)}" />
      </svg>
      <span class="hidden">${T(n-s)} of ${C(n,"run")} did not fail</span>
    </figure>`}(t)}
        ${It(d,a.map(t=>t.latencyMs),(0,Ft.DJ)(r,j.W2))}
        ${It(u,a.map(t=>t.daysLeft),(0,Ft.DJ)(i,String))}
      </div>
      ${l&&f`<p class="faint span">${k(l.when)} to ${k(e)}, ${C(o,"run")}, left to right${p}</p>`}
    </div>`;var $}(t,a,1===n.length))}
      ${s>0&&f`<p class="faint">${C(s,"more target")}, which failed no more often, only in the history itself.</p>`}
    </section>`}function Dt(t){return t<0?"down":t<Ut?"partly":"up"}const Bt=5;function It({name:t,spread:e,say:n,colour:s},a,o){if(null===e)return null;const{last:r}=e,i=a.filter(t=>null!==t),{line:l,area:c}=function(t,e,n){const s=Vt/t.length,a=t=>zt(Jt-2-(t-e)/(n-e)*(Jt-4));let[o,r,i]=["","",""];for(const[e,n]of t.entries()){if(null===n){""!==i&&(r+=`V${Jt}z`),i="";continue}const t=`${zt(e*s)} ${a(n)}`;o+=`${""===i?`M${t}`:`V${a(n)}`}h${zt(s)}`,r+=`${""===i?`M${zt(e*s)} ${Jt}V${a(n)}`:`V${a(n)}`}h${zt(s)}`,i=t}return{line:o,area:""===i?r:`${r}V${Jt}z`}}(a,Math.min(0,...i),Math.max(1,...i));return f`
    <figure class="chart">
      <figcaption>
        <span class="faint">${t}</span> <strong>${n(r)}</strong>
        <span class="faint range">${o}</span>
      </figcaption>
      <svg viewBox="0 0 ${Vt} ${Jt}" preserveAspectRatio="none" role="img">
        <title>${t}</title>
        <desc>At last ${n(r)}${""!==o&&`; ${o} in all`}.</desc>
        <path class="area ${s(r)}" d="${c}" />
        <path class="curve ${s(r)}" d="${l}" />
      </svg>
    </figure>`}function zt(t){return String(Number(t.toFixed(2)))}var Rt=n(26);function Pt({status:t,message:e,startedAt:n,totals:s},a){return f`
    <header class="verdict ${t}">
      <div class="width">
        <p class="brand"><strong>smtp-gate</strong> ${S(n)}</p>
        <h1>
          ${function(t){return f`
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="10.5" />
      <path d="${b[t]}" />
    </svg>`}(t)}
          <span><span class="hidden">${t}: </span>${a}</span>
        </h1>
        <p class="lead">${v(e.replace(Ht,s.fail>1?"The first of them: ":""))}</p>
      </div>
    </header>`}const Ht=/^\d+ of \d+ targets cannot be used: /;function Gt(t){const{report:e,failOn:n}=t,{targets:s,fail:a,warn:o,info:r,skip:i}=e.totals,l=a>0||!(0,m.DS)(e)&&r+i===0&&!(0,Rt.VC)(e,n),c=e.findings.some(({ignored:t})=>!t);if(s<=1||!l||c)return Kt((0,m.Pl)(t));const d=C(s,"mail server"),u=o>0?`, ${T(o)} with a warning`:"";if(0===a)return`All ${d} can be used${u}`;if("fail"!==e.status)return`Enough mail servers can be used: ${T(s-a)} of ${T(s)}`;const p=a===s?`none of ${d} can be used`:`${T(a)} of ${d} cannot be used`;return Kt((0,A.MV)(p,(0,A.yy)(e)))}function Kt(t){return t.charAt(0).toUpperCase()+t.slice(1)}function Qt({runner:t,run:e,durationMs:n,totals:s}){const a=[Yt[t.environment]??t.environment,t.os,...t.kubernetes?["in Kubernetes"]:t.container?["in a container"]:[]];return f`
    <section aria-labelledby="circumstances">
      <h2 id="circumstances" class="hidden">When and where</h2>
      <dl class="facts circumstances">
        ${M("Targets",s.targets>1&&function(t){const e=(0,m.N4)(t).map(([t,e])=>`${T(e)} ${t}`);return`${T(t.targets)}: ${e.join(", ")}`}(s))}
        ${M("Took",(0,j.W2)(n))}
        ${M("Runner",a.join(", "))}
        ${e&&function({url:t,repository:e,workflow:n,runId:s,attempt:a,sha:o,ref:r,event:i}){const l=`${e}, ${n} ${s}${a>1?` (attempt ${a})`:""}`,c=r.replace(/^refs\/(?:heads|tags)\//,"");return f`
    ${M("Run",x(t,f`${l}`))}
    ${M("Commit",f`<code>${[...o].slice(0,9)}</code> ${c} (${i})`)}`}(e)}
      </dl>
    </section>`}const Yt={"github-hosted":"GitHub-hosted","self-hosted":"self-hosted",local:"local machine"};const Zt=300;function Xt(t){const e=function({trend:t,startedAt:e}){return t&&t.runs>1?qt(t,e):null}(t.report),n=Wt(t,(null===e?0:Buffer.byteLength(String(e)))+(t.matrix?pt:0));return`${function(t,{sentence:e,contents:n,trend:a}){const{report:o,place:r}=t,i=Array.from({length:4},()=>Math.random().toString(36).slice(2)).join(""),l=o.findings.length>0&&function({findings:t,message:e,targets:n},s){const a=t.map(t=>N(t,{place:s,said:e===t.message,help:"open",hasSection:!1}));return f`
    <section aria-labelledby="own" class="own">
      <h2 id="own">${n.length>0?"The run as a whole":"What was found"}</h2>
      ${a}
    </section>`}(o,r);return f`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${function(t){const e=`'nonce-${t}'`;return`default-src 'none'; style-src ${e}; script-src ${e}; base-uri 'none'; form-action 'none'`}(i)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="generator" content="${s.y.name} ${s.y.version}" />
        <title>${m.SV[o.status]} ${e} &ndash; smtp-gate</title>
        <style nonce="${i}">${p(Et())}</style>
      </head>
      <body>
        <a class="skip-link" href="#main">Skip to the report</a>
        ${Pt(o,e)}
        <main id="main" class="width" tabindex="-1">
          ${Qt(o)}
          ${0===o.targets.length&&l}
          ${t.matrix&&function(t,e){const{vantages:n,rows:s,troubled:a}=t,o=a>0?[`${C(a,"target")} ${1===a?"does":"do"} not pass from everywhere`]:[],r=new Map(e.map(({target:t,id:e})=>[t.target.label,e])),i=n.slice(0,$t.columns),l=[];let c=pt-2e3;for(const t of s.slice(0,$t.rows)){const e=ht(t,i,r);if(c-=Buffer.byteLength(String(e)),c<0)break;l.push(e)}const d=s.length-l.length,u=n.length-i.length;return f`
    <section aria-labelledby="matrix">
      <h2 id="matrix">Targets by vantage points</h2>
      <p class="faint">
        ${[...o,...(0,ut.m$)(t)].map(t=>`${t}.`).join(" ")}
      </p>
      <div class="matrix" tabindex="0" role="region" aria-labelledby="matrix">
        <table>
          <thead>
            <tr>
              <th scope="col">Target</th>
              <th scope="col">Verdict</th>
              ${i.map(t=>f`<th scope="col">${t}</th>`)}
            </tr>
          </thead>
          <tbody>${l}</tbody>
        </table>
      </div>
      ${d>0&&f`<p class="faint">${C(d,"more target")} in the list below and in the JSON report.</p>`}
      ${u>0&&f`<p class="faint">${C(u,"more vantage point")} in the JSON report.</p>`}
    </section>`}(t.matrix,n.shown)}
          ${o.targets.length>0&&l}
          ${n.sections.size>0&&Mt(t.codes,n.sections)}
          ${o.targets.length>0&&function({report:{message:t},targets:e,place:n,matrix:s},a){const{shown:o,scale:r,sections:i}=a,l=o.length>1,c=o.map(e=>X(e,e.target.message===t,{scale:r,place:n,explained:i,isMatrix:null!==s}));return f`
    <section aria-labelledby="targets">
      <h2 id="targets">${l?"Targets":"The target"}</h2>
      ${l&&dt(o,(0,g.v)(o.map(({target:t})=>t)),s)}
      ${function({shown:t,omitted:e}){const n=t.filter(({detail:t})=>"brief"===t).map(({target:t})=>t),s=n.filter(({transcript:t})=>t.length>0).length,a=n.filter(({findings:t})=>t.length>0).length,o=n.filter(({findings:t})=>t.length>W).length,r=(0,m.N4)(Object.fromEntries(e)),i=r.reduce((t,[,e])=>t+e,0),l=[...s>0?[`the conversations of ${C(s,"target")}`]:[],...a>0?[`causes and remedies that repeat, of ${C(a,"target")}`]:[],...o>0?[`more than ${W} findings of ${C(o,"target")}`]:[],...i>0?[`${C(i,"target")} (${r.map(([t,e])=>`${T(e)} ${t}`).join(", ")})`]:[]];if(0===l.length)return null;return f`
    <p class="left-out">
      <strong>Left out to keep this page small:</strong> ${l.join("; ")}. Everything is in the JSON report.
    </p>`}(a)}
      <div class="ruler" aria-hidden="true">
        ${function(t){const e=new Set(t.flatMap(({steps:t})=>t.map(({step:t})=>J.U[t].kind))),n=t.some(({steps:t})=>t.some(({status:t})=>"failed"===t)),s=Object.entries(q).filter(([t])=>e.has(t));return n&&s.push(["failed","failed"]),f`<ul class="legend" aria-label="Colours of the bars">${s.map(z)}</ul>`}(e)}
        ${I(r)}
        <span class="to-greeting">greeting</span>
      </div>
      <div class="targets">${c}</div>
      <p id="nothing" hidden>No target is like that.</p>
    </section>`}(t,n)}
          ${a}
          ${lt(o)}
          ${function(t){if(0===t.length)return null;const e=t.length-m.qj;return f`
    <section aria-labelledby="notes">
      <h2 id="notes">Notes</h2>
      <ul>
        ${t.slice(0,m.qj).map(t=>f`<li>${v((0,c.pj)(t,Zt))}</li>`)}
        ${e>0&&f`<li>${C(e,"more note")} in the JSON report.</li>`}
      </ul>
    </section>`}(o.notes)}
        </main>
        <footer class="width">
          Written by ${s.y.name} ${s.y.version}. ${function({reportFile:t}){return null!=t&&t.endsWith(".json")?f`The JSON report, <code>${t}</code>, holds everything that was seen.`:f`A JSON report (<code>report-json</code>) holds everything that was seen.`}(t)}
        </footer>
        <p id="announcement" class="hidden" role="status"></p>
        <script nonce="${i}">${p(_t)}</script>
      </body>
    </html>`}(t,{sentence:Gt(t),contents:n,trend:e})}\n`}const _t=`(${function(){const t=t=>document.getElementById(t),e=[...document.querySelectorAll("details.target")],n=t("announcement");function s(t){const e=document.createElement("button");e.type="button",e.className="copy",e.textContent="Copy";const s=[...t.querySelectorAll("code")].map(t=>(t.textContent??"").trimEnd()).join("\n"),a=t=>{e.textContent=t,n&&(n.textContent=t),setTimeout(()=>{e.textContent="Copy",n&&(n.textContent="")},2e3)};e.addEventListener("click",async()=>{try{await navigator.clipboard.writeText(s),a("Copied")}catch{getSelection()?.selectAllChildren(t),a("Selected")}});const o=document.createElement("div");o.className="copyable",t.replaceWith(o),o.append(t,e)}function a(){const e=t(location.hash.slice(1));e?.matches("details.target, details.code")&&(e.hidden&&t("filters")?.reset(),e.hidden=!1,e.open=!0,e.scrollIntoView(),e.querySelector("summary")?.focus({preventScroll:!0}))}const o=t("filters");o&&function(n){let s;const a=t=>[...t.querySelectorAll("h3, .essence, .message, .finding h4, .finding > p, .finding > pre, .facts dd")].map(t=>t.textContent).join(" ").toLowerCase();function o(t,e,n){const s=String(t.get(e)||"");return""===s||n.includes(s)}function r(){const r=new FormData(n),i=r.getAll("status"),l=String(r.get("text")).toLowerCase().split(/\s+/).filter(Boolean);l.length>0&&(s??=e.map(a));const c=(t,e)=>{const{status:n="",codes:a=""}=t.dataset,c=a.split(" ");return(0===i.length||i.includes(n))&&o(r,"code",c)&&o(r,"fault",c)&&o(r,"from",c)&&l.every(t=>s?.[e]?.includes(t))};let d=0;for(const[t,n]of e.entries()){const e=c(n,t);n.hidden===e&&(n.hidden=!e),e&&d++}!function(n){const s=t("shown"),a=`${e.length} ${1===e.length?"target":"targets"}`;s&&(s.textContent=n===e.length?a:`${n} of ${a}`);const o=t("nothing");o&&(o.hidden=n>0)}(d)}const i=t=>{for(const n of e)n.hidden||(n.open=t)};n.addEventListener("input",r),n.addEventListener("submit",t=>t.preventDefault()),n.addEventListener("reset",()=>setTimeout(r)),t("open-all")?.addEventListener("click",()=>i(!0)),t("close-all")?.addEventListener("click",()=>i(!1));const l=t("search");l&&(l.hidden=!1),r()}(o);for(const t of document.querySelectorAll("pre.commands"))s(t);addEventListener("hashchange",a),a()}})();`}};
