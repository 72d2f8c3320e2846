"use strict";exports.id=439,exports.ids=[439],exports.modules={7439:(t,e,n)=>{n.r(e),n.d(e,{htmlReport:()=>ee});var s=n(9275);const a=1,o=(t,e)=>{const n=new String(t);return n.isEscaped=!0,n.callbacks=e,n},r=/[&<>'"]/,i=(t,e)=>{const n=t.search(r);if(-1===n)return void(e[0]+=t);let s,a,o=0;for(a=n;a<t.length;a++){switch(t.charCodeAt(a)){case 34:s="&quot;";break;case 39:s="&#39;";break;case 38:s="&amp;";break;case 60:s="&lt;";break;case 62:s="&gt;";break;default:continue}e[0]+=t.substring(o,a)+s,o=a+1}e[0]+=t.substring(o,a)},c=(t,...e)=>{const n=[""];for(let s=0,a=t.length-1;s<a;s++){n[0]+=t[s];const a=Array.isArray(e[s])?e[s].flat(1/0):[e[s]];for(let t=0,e=a.length;t<e;t++){const e=a[t];if("string"==typeof e)i(e,n);else if("number"==typeof e)n[0]+=e;else{if("boolean"==typeof e||null==e)continue;if("object"==typeof e&&e.isEscaped)if(e.callbacks)n.unshift("",e);else{const t=e.toString();t instanceof Promise?n.unshift("",t):n[0]+=t}else e instanceof Promise?n.unshift("",e):i(e.toString(),n)}}}return n[0]+=t.at(-1),1===n.length?o("callbacks"in n?(t=>{const e=t.callbacks;if(!e?.length)return t;const n=[t],s={};return e.forEach(t=>t({phase:a,buffer:n,context:s})),n[0]})(o(n[0],n.callbacks)):n[0]):(async(t,e)=>{let n="";e||=[];const s=await Promise.all(t);for(let t=s.length-1;n+=s[t],t--,!(t<0);t--){let a=s[t];if(null==a||"boolean"==typeof a)continue;if("number"==typeof a){n+=a;continue}"object"==typeof a&&e.push(...a.callbacks||[]);const o=a.isEscaped;if(a=await("object"==typeof a?a.toString():a),"object"==typeof a&&e.push(...a.callbacks||[]),a.isEscaped??o)n+=a;else{const t=[n];i(a,t),n=t[0]}}return o(n,e)})(n,n.callbacks)};var l=n(6857);const d=16e3,u=/\n +/g,p=t=>o(t),h=new WeakMap;function $(t,...e){let n=h.get(t);if(void 0===n){const e=t.map(t=>t.replace(u,""));n=Object.assign(e,{raw:e}),h.set(t,n)}return c(n,...e.map(f))}function f(t){return"string"==typeof t?(0,l.pj)(t,d):Array.isArray(t)?t.map(f):t}var g=n(6094),m=n(2044);const b={pass:"M6 12.5l4 4 8-9",info:"M12 6.5v.1M12 11v6.5",warn:"M12 6.5V13M12 17.4v.1",fail:"M7.5 7.5l9 9m0-9l-9 9",skip:"M7 12h10"};function y(t){return $`<span class="badge ${t}"><span aria-hidden="true">${m.SV[t]}</span> ${t}</span>`}function v(t){return $`${t.split(/(`[^`]+`)/).map((t,e)=>e%2==1?$`<code>${t.slice(1,-1)}</code>`:t)}`}function w(t){return $`<pre class="commands">${t.map(t=>$`<code>${t}\n</code>`)}</pre>`}function x(t,e){return/^https:\/\/[^\s/]/.test(t)?$`<a href="${t}">${e}</a>`:$`<span>${e}</span>`}function M(t,e){return null===e||!1===e?null:$`
    <div>
      <dt>${t}</dt>
      <dd>${e}</dd>
    </div>`}function S(t){return $`<time datetime="${t}">${(0,m.fU)(t)}</time>`}function k(t){return $`<time>${t.slice(0,10)}</time>`}function T(t,e,n=`${e}s`){return`${C(t)} ${1===t?e:n}`}function C(t){return String(t).replace(/\B(?=(?:\d{3})+$)/g," ")}var j=n(407),A=n(2581);const W=5,L=t=>`code-${t}`;function N(t,e){const{code:n,status:s,title:a,message:o,impact:r,evidence:i,verify:c,docs:l}=t,{said:d,help:u}=e;return $`
    <section class="finding">
      <h4>${y(s)} ${"open"===u&&`${(0,A.A)(t)}: `}${a} <code>${n}</code>${t.ignored&&$`<span class="faint">${(0,m.ye)(t," (",")")}</span>`}</h4>
      ${!d&&$`<p>${v(o)}</p>`}
      <h5>Seen</h5>
      <pre><code>${i}</code></pre>
      ${"open"===u&&$`<p><strong>Why it matters:</strong> ${r}</p>`}
      ${"open"===u?O(t,e.place,5):function(t,{help:e,hasSection:n,place:s}){const{code:a,title:o,impact:r}=t,i=n?$`<p>Causes and remedies: <a href="#${L(a)}">${o}</a></p>`:$`<p>Causes and remedies are in the JSON report.</p>`;return"none"===e?i:$`
    ${n&&i}
    <details class="others">
      <summary>Causes and remedies for this target</summary>
      <p><strong>Why it matters:</strong> ${r}</p>
      ${O(t,s,5)}
    </details>`}(t,e)}
      <h5>To check the fix</h5>
      ${w([c])}
      ${("open"===u||!e.hasSection)&&$`<p>${x(l,$`More about <code>${n}</code>`)}</p>`}
    </section>`}function O(t,e,n){const{causes:s}=t,{here:a,elsewhere:o}=(0,m.gb)(t,e);return $`
    ${E(n,1===s.length?"Likely cause":"Likely causes, the likeliest first")}
    <ol>${s.slice(0,m.qj).map(t=>$`<li>${v(t)}</li>`)}</ol>
    ${F(s)}
    ${E(n,"What to do")}
    ${U(a)}
    ${F(a)}
    ${o.length>0&&(r=o,$`
    <details class="others">
      <summary>On other kinds of runner</summary>
      ${U(r)}
    </details>`)}`;var r}function E(t,e){return 4===t?$`<h4>${e}</h4>`:$`<h5>${e}</h5>`}function F(t){return t.length>m.qj?$`<p>${C(t.length-m.qj)} more in the JSON report.</p>`:null}function U(t){return $`<ul class="remedies">${t.slice(0,m.qj).map(V)}</ul>`}function V(t){const{text:e,commands:n}=t,s=(0,m.fW)(t);return $`
    <li>
      <p>${""!==s&&$`<strong>${s}: </strong>`}${v(e)}</p>
      ${n.length>0&&w(n)}
    </li>`}var J=n(7763),q=n(8313);const D={resolve:"resolve",connect:"connect",greeting:"greeting, EHLO",tls:"TLS",auth:"AUTH",envelope:"MAIL, RCPT",quit:"QUIT"};function B(t){const e=10**Math.floor(Math.log10(t/5)),n=[1,2,5,10].map(t=>t*e).find(e=>t/e<=5)??t;return{endMs:t,markMs:n}}function z(t,e){return $`
    <table class="steps">
      <caption>Where the time went</caption>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col">Time</th>
          <th scope="col">${P(e)}</th>
        </tr>
      </thead>
      <tbody>${t.map(t=>function(t,e){const{status:n,tookMs:s,because:a}=t,o="skipped"===n;return $`
    <tr class="${n}">
      <th scope="row">${J.U[t.step].label}</th>
      <td>${o?"\u2013":(0,j.W2)(s)}</td>
      <td>
        ${o&&$`<span class="faint">skipped${a&&`: ${a}`}</span>`}
        ${!o&&$`<svg class="strip" aria-hidden="true">${R(t,e)}</svg>`}
        ${"failed"===n&&$`<span class="because">&cross; ${a??"failed"}</span>`}
      </td>
    </tr>`}(t,e))}</tbody>
    </table>`}function I(t){const e=(0,q.Vw)(t),n=B((0,q.zE)(e));return $`
    <table class="steps">
      <caption>The way of the message, by the clocks of the servers</caption>
      <thead>
        <tr>
          <th scope="col">Hop</th>
          <th scope="col">Time</th>
          <th scope="col">${P(n)}</th>
        </tr>
      </thead>
      <tbody>${e.map(t=>function({label:t,said:e,startMs:n,tookMs:s},{endMs:a}){const o=K(Math.min(99,n/a*100)),r=K(Math.max(.5,s/a*100));return $`
    <tr>
      <th scope="row">${t}</th>
      <td>${e}</td>
      <td><svg class="strip" aria-hidden="true"><rect class="k-greeting" x="${o}" width="${r}" /></svg></td>
    </tr>`}(t,n))}</tbody>
    </table>`}function R({step:t,startMs:e,tookMs:n,status:s},{endMs:a}){const o=Math.min(99,e/a*100),r=Math.max(.5,n/a*100);return $`<rect class="k-${"failed"===s?"failed":J.U[t].kind}" x="${K(o)}" width="${K(r)}" />`}function P({endMs:t,markMs:e}){const n=Array.from({length:Math.floor(t/e)+1},(t,n)=>n*e);return $`
    <svg class="axis" role="img">
      <title>Scale: 0 to ${(0,j.W2)(t)}</title>
      ${n.map(e=>function(t,e){const n=K(100*e);return $`
    <line x1="${n}" x2="${n}" y1="75%" y2="100%" />
    <text x="${n}" class="${0===e?"first":e>.9?"last":""}">${function(t){return 0===t?"0":t<1?`${Number(t.toFixed(2))} ms`:(0,j.W2)(t)}(t)}</text>`}(e,e/t))}
    </svg>`}function H([t,e]){return $`<li><svg aria-hidden="true"><rect class="k-${t}" width="100%" /></svg>${e}</li>`}function G({step:t,status:e,tookMs:n,because:s}){const a=J.U[t].label;return"failed"===e?`${a} failed after ${(0,j.W2)(n)} (${s})`:`${a} ${(0,j.W2)(n)}`}function K(t){return`${Number(t.toFixed(1))}%`}const Q=200,Y=6e4;function Z(t){const e=function(t){let e=0;const n=t.findIndex(({text:t},n)=>(e+=t.length,n>=Q||e>Y));return n<0?t:t.slice(0,n)}(t),n=t.length-e.length;return $`
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
        <tbody>${e.map(X)}</tbody>
      </table>
      ${n>0&&$`<p class="faint">${T(n,"more line")} in the JSON report.</p>`}
    </details>`}function X({from:t,atMs:e,text:n}){return $`
    <tr class="${t}">
      <td>${Math.round(e)} ms</td>
      <td>${t}</td>
      <td><code>${n}</code></td>
    </tr>`}function _(t){return`@${encodeURIComponent(t)}`}function tt(t){return`!${t}`}function et(t,e,{scale:n,place:s,explained:a,isMatrix:o}){const{target:r,id:i,detail:c,open:l}=t,d="brief"===c,{status:u,findings:p,steps:h,message:f,transcript:g,vantage:b,delivery:w}=r,x=p.flatMap(({fault:t,ignored:e})=>e?[]:[tt(t)]),S=[...p.map(({code:t})=>t),...x,...o?[_(b)]:[]],k=[...new Set(S)].join(" "),C=d?p.slice(0,W):p,L=p.length-C.length,O=C.map(t=>N(t,{place:s,said:f.startsWith(t.message),help:d?"none":a.has(t.code)?"folded":"open",hasSection:a.has(t.code)}));return $`
    <details class="target" id="${i}" data-status="${u}" data-codes="${k}"${l&&" open"}>
      <summary>
        ${y(u)}
        <span class="name"><h3>${r.target.label}</h3>${function({code:t,findings:e,latencyMs:n,delivery:s}){const a=e.find(e=>e.code===t)??e[0];if(!a){return $`<span class="essence faint">${s?.verdict??(null===n?"passes":"greets as it should")}</span>`}const o=e.length>1&&` and ${e.length-1} more`;return $`<span class="essence">${(0,A.A)(a)}: ${a.title} <code>${a.code}</code>${o}</span>`}(r)}</span>
        ${h.length>0&&function(t,e){const n=t.filter(({status:t})=>"skipped"!==t);return $`
    <svg class="strip" role="img">
      <title>Where the time went</title>
      <desc>${n.map(G).join(", ")}</desc>
      ${n.map(t=>R(t,e))}
    </svg>`}(h,n)}
        ${function({latencyMs:t}){return null===t?$`<span class="latency"><span class="hidden">no greeting</span><span aria-hidden="true">&ndash;</span></span>`:$`<span class="latency"><span class="hidden">greeted after </span>${(0,j.W2)(t)}</span>`}(r)}
      </summary>
      <div class="body">
        ${!e&&$`<p class="message">${v(f)}</p>`}
        ${O}
        ${L>0&&$`<p>${T(L,"more finding")} in the JSON report.</p>`}
        ${function({target:t,...e},n){const{address:s,localAddress:a,addresses:o,banner:r,latencyMs:i,tls:c,capabilities:l,attempts:d,durationMs:u,delivery:p}=e,h=o.filter(({outcome:t})=>"connected"!==t),f=l??[];return $`
    <dl class="facts">
      ${M("Address",s&&s!==t.host&&$`<code>${s}</code>`)}
      ${M("Connected from",a&&$`<code>${a}</code>`)}
      ${M("Not connected",h.length>0&&h.map(nt))}
      ${M("Greeting",r&&$`<code>${r}</code>`)}
      ${M("Time to greeting",!n&&null!==i&&(0,j.W2)(i))}
      ${M("TLS",c&&`${c.protocol}, ${c.cipher}, ${(0,m.A2)(c.authorized)}`)}
      ${M("Certificate",c&&function({subject:t,issuer:e,validFrom:n,validTo:s,daysLeft:a}){const o=$`${st(n)} to ${st(s)} (${at(a)})`;return $`<code>${t}</code> by <code>${e}</code>, ${o}`}(c))}
      ${M("Offers",f.length>0&&f.map(t=>$`<code>${t}</code> `))}
      ${(p?.shown??[]).map(([t,e])=>M(function(t){return t.charAt(0).toUpperCase()+t.slice(1)}(t),$`<code>${e}</code>`))}
      ${M("Attempts",1!==d&&`${d} in ${(0,j.W2)(u)}`)}
    </dl>`}(r,d)}
        ${!d&&h.length>0&&z(h,n)}
        ${!d&&w&&w.hops.length>0&&I(w.hops)}
        ${!d&&g.length>0&&Z(g)}
      </div>
    </details>`}function nt({address:t,outcome:e,errno:n,tookMs:s}){return $`<span class="line"><code>${t}</code> ${n??e} after ${(0,j.W2)(s)}</span>`}function st(t){return null===t?"(unreadable)":k(t)}function at(t){return null===t?"unknown":t>=0?`${T(t,"day")} left`:-1===t?"expired today":`expired ${T(-t-1,"day")} ago`}const ot=864e5,rt=400*ot,it=800*ot,ct=30,lt=21,dt=120;function ut(t){const e=function({targets:t}){const e=new Map;for(const{tls:n,target:s}of t){if(null===n||null===n.validFrom||null===n.validTo||null===n.daysLeft)continue;const{validFrom:t,validTo:a,daysLeft:o}=n,r=JSON.stringify([n.subject,n.issuer,n.validFrom,n.validTo]),i=e.get(r);if(i)i.labels.push(s.label);else{const i={from:Date.parse(t),to:Date.parse(a)};e.set(r,{tls:{...n,validFrom:t,validTo:a,daysLeft:o},...i,labels:[s.label]})}}return[...e.values()].filter(({from:t,to:e})=>Number.isFinite(t)&&Number.isFinite(e)).sort((t,e)=>t.to-e.to)}(t);if(0===e.length)return null;const n=Date.parse(t.startedAt),s=function(t,e){const n=Math.max(e-rt,Math.min(e,...t.map(t=>t.from))),s=Math.min(e+it,Math.max(e+ot,...t.map(t=>t.to)));return{from:n,to:s,at:t=>Math.min(100,Math.max(0,(t-n)/(s-n)*100))}}(e,n),a=e.length-ct;return $`
    <section aria-labelledby="certificates">
      <h2 id="certificates">Certificates</h2>
      <table class="certificates">
        <thead>
          <tr>
            <th scope="col">Certificate</th>
            <th scope="col"><span class="hidden">Validity</span>${function(t,e){const n=new Date(t.from).getUTCFullYear()+1,s=Array.from({length:4},(t,e)=>n+e).filter(e=>Date.UTC(e)<t.to),a=t.at(e);return $`
    <svg class="axis" aria-hidden="true">
      ${s.map(e=>function(t,e,n){const s=$`<text x="${K(e)}" class="${e>90?"year last":"year"}">${t}</text>`;return $`<line x1="${K(e)}" x2="${K(e)}" y1="75%" y2="100%" />${Math.abs(e-n)>16&&s}`}(e,t.at(Date.UTC(e)),a))}
      <line x1="${K(a)}" x2="${K(a)}" y1="75%" y2="100%" />
      <text class="today ${a<10?"first":a>90?"last":""}" x="${K(a)}">today</text>
    </svg>`}(s,n)}</th>
            <th scope="col">Left</th>
          </tr>
        </thead>
        <tbody>${e.slice(0,ct).map(t=>function({tls:t,from:e,to:n,labels:s},a,o){const{subject:r,issuer:i,validFrom:c,validTo:d,daysLeft:u}=t,[p="",...h]=s,f=u<0?"fail":u<lt?"warn":"pass",[g,m,b]=[a.at(e),a.at(n),K(a.at(o))];return $`
    <tr>
      <th scope="row">
        ${(0,l.pj)(r,dt)}
        <span class="faint line">by ${(0,l.pj)(i,dt)}</span>
        <span class="faint line">${p}${h.length>0&&` and ${T(h.length,"more target")}`}</span>
      </th>
      <td>
        <svg class="validity" role="img">
          <title>Validity</title>
          <desc>${c.slice(0,10)} to ${d.slice(0,10)}, ${at(u)}</desc>
          <rect class="${f}" x="${K(g)}" width="${K(Math.max(.5,m-g))}" />
          <line x1="${b}" x2="${b}" y2="100%" />
        </svg>
        <span class="dates">${k(c)} &ndash; ${k(d)}</span>
      </td>
      <td class="left ${f}">${at(u)}</td>
    </tr>`}(t,s,n))}</tbody>
      </table>
      ${a>0&&$`<p class="faint">${T(a,"more certificate")}, which last longer, in the JSON report.</p>`}
    </section>`}var pt=n(4918);function ht(t,e,n){const s={};for(const{target:e}of t)s[e.status]=(s[e.status]??0)+1;return $`
    <search id="search" aria-label="Filter the targets" hidden>
      <form id="filters" class="filters">
        <fieldset>
          <legend>Status</legend>
          ${(0,m.N4)(s).map(([t,e])=>function(t,e){return $`
    <label>
      <input type="checkbox" name="status" value="${t}" />
      ${y(t)} ${C(e)}
    </label>`}(t,e))}
        </fieldset>
        ${n&&function({vantages:t}){return $`
    <label class="field">
      <span>From</span>
      <select name="from">
        <option value="">any</option>
        ${t.map(t=>$`<option value="${_(t)}">${t}</option>`)}
      </select>
    </label>`}(n)}
        ${e.length>0&&function(t){const e=new Map;for(const{target:n}of t){const t=new Set(n.findings.flatMap(({fault:t,ignored:e})=>e?[]:[t]));for(const n of t)e.set(n,(e.get(n)??0)+1)}const n=pt.y2.filter(t=>e.has(t));return $`
    <label class="field">
      <span>Whose fault</span>
      <select name="fault">
        <option value="">any</option>
        ${n.map(t=>$`<option value="${tt(t)}">${A.FI[t]} (${C(e.get(t)??0)})</option>`)}
      </select>
    </label>`}(t)}
        ${e.length>0&&function(t){return $`
    <label class="field">
      <span>Code</span>
      <select name="code">
        <option value="">any</option>
        ${t.map(({code:t,sightings:e})=>$`<option value="${t}">${t} (${C(function(t){return new Set(t.map(({target:t})=>t)).size}(e))})</option>`)}
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
    </search>`}var $t=n(4904);const ft=15e4,gt={rows:300,columns:40},mt=120;function bt({label:t,status:e,cells:n},s,a){return $`
    <tr>
      <th scope="row"><code>${(0,l.pj)(t,mt)}</code></th>
      <td>${y(e)}</td>
      ${s.map((e,s)=>function(t,e){if(null===t)return $`<td><span class="hidden">not checked</span><span aria-hidden="true">&ndash;</span></td>`;const{status:n,code:s}=t,a=$`<span aria-hidden="true">${m.SV[n]}</span> ${function(t,e){return""===e?t:e}(n,s)}`,o=void 0===e?$`<span>${a}</span>`:$`<a href="#${e}">${a}</a>`;return $`<td class="cell ${n}">${o}</td>`}(n[s]??null,a.get(`${t} from ${e}`)))}
    </tr>`}var yt=n(4581);const vt=30,wt=200,xt=3,Mt=3,St=25e4;function kt({codes:t,place:e},n){const s=new Map;let a=0;for(const o of t){const t=Ct(o,e,{idOf:n,open:s.size<Mt}),r=Buffer.byteLength(String(t));a+r>St||(a+=r,s.set(o.code,t))}return{sections:s,bytes:a}}function Tt(t,e){return 0===t.length?null:$`
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
        <tbody>${t.map(t=>function(t,e){const{code:n,status:s,title:a,counts:o,ignored:r,targets:i,from:c}=t,l=(0,m.N4)(o),d=l.length+(r>0?1:0)>1;return $`
    <tr>
      <td>
        ${0===l.length&&y(s)}
        ${l.map(([t,e])=>$`<span class="line">${y(t)}${d&&` ${C(e)}`}</span>`)}
        ${r>0&&$`<span class="faint line">${d&&`${C(r)} `}ignored</span>`}
      </td>
      <td>${(0,g.xm)(t)}</td>
      <th scope="row">
        ${e?$`<a href="#${L(n)}">${a}</a>`:$`<span>${a}</span>`} <code>${n}</code>
      </th>
      <td class="number">${C(i)}${c.length>0&&$`<span class="faint line">from ${(0,$t.EI)(c)}</span>`}</td>
    </tr>`}(t,e.has(t.code)))}</tbody>
      </table>
      ${e.size>0&&$`<div class="codes">${[...e.values()]}</div>`}
    </section>`}function Ct(t,e,{idOf:n,open:s}){const{code:a,status:o,title:r,sightings:i,explanations:c}=t,d=i.length-vt;return $`
    <details class="code" id="${L(a)}"${s&&" open"}>
      <summary>
        ${y(o)}
        <span class="name"><h3>${(0,g.xm)(t)}: ${r} <code>${a}</code></h3><span class="essence faint">${(0,m.gM)(t)}</span></span>
      </summary>
      <div class="body">
        <p><strong>Why it matters:</strong> ${i[0].finding.impact}</p>
        <h4>Where</h4>
        <ul class="where">${i.slice(0,vt).map(e=>function({target:t,finding:e},{status:n},s){const a=s(t),{label:o}=t.target;return $`
    <li>
      ${null===a?$`<span>${o}</span>`:$`<a href="#${a}">${o}</a>`}
      ${e.status!==n&&$` ${y(e.status)}`}
      ${e.ignored&&$`<span class="faint">${(0,m.ye)(e," (",")")}</span>`}
      ${": "}<code>${(0,l.pj)(e.evidence,wt)}</code>
    </li>`}(e,t,n))}</ul>
        ${d>0&&$`<p class="faint">${T(d,"more finding")} at the targets below.</p>`}
        ${c.slice(0,xt).map((t,n)=>[n>0&&$`<h4>At ${(0,m.eZ)(t.sightings)}</h4>`,O(t.sightings[0].finding,e,4)])}
        ${c.length>xt&&function(t){const e=new Set(t.flatMap(({sightings:t})=>t.map(({target:t})=>(0,g.Vb)(t))));return $`<p>At ${(0,yt.c)(e.size,"more ")} something else may help: it stands there.</p>`}(c.slice(xt))}
        <h4>To check the fix</h4>
        ${w([i[0].finding.verify])}
        <p>${x(i[0].finding.docs,$`More about <code>${a}</code>`)}</p>
      </div>
    </details>`}const jt=8,At=50,Wt=85e4,Lt=8e4,Nt=5;function Ot(t,e=0){const{targets:n}=t,s=function(t){return B(Math.max(1,(0,m.M2)(t)))}(n),a=n.map((t,e)=>function(t,e,n){const s=1===n||n<=Nt&&t.findings.length>0;return{target:t,id:`t${e+1}`,detail:"whole",open:s}}(t,e,n.length)),o=new Map(a.map(({target:t,id:e})=>[t,e])),{sections:r,bytes:i}=kt(t,t=>o.get(t)??null),c=a.length>1,l=Wt-e-(c?i:0),d=$(t,c?r:new Map);if(a.length<=At&&function(t,e,n){return JSON.stringify(t.map(({target:t})=>t)).length*jt<=n||t.reduce((t,n)=>t+Et(n,e),0)<=n}(a,d,l))return{shown:a,scale:s,sections:c?r:new Map,omitted:new Map};const u=function(t,e,n){const s=new Map;let a=n;for(const n of function(t,e){const n=new Set,[s,a]=[[],[]];for(const o of t){const t=e(o);(n.has(t)?a:s).push(o),n.add(t)}return[...s,...a]}(t,({target:t})=>t.code)){const t=Et({...n,detail:"brief"},e);if(a-t<Lt)break;a-=t,s.set(n.id,t)}return t.flatMap(t=>{const n=s.get(t.id);if(void 0===n)return[];const o=0===t.target.findings.length?1/0:Et(t,e)-n;return o>a?[{...t,detail:"brief"}]:(a-=o,[t])})}(a,$(t,r),Wt-e-i),p=new Set(u.map(({target:t})=>t)),h=kt(t,t=>p.has(t)?o.get(t)??null:null);return{shown:u,scale:s,sections:h.sections,omitted:Ft(a,p)};function $({place:t,matrix:e},n){return{scale:s,place:t,explained:n,isMatrix:null!==e}}}function Et(t,e){return Buffer.byteLength(String(et(t,!1,e)))}function Ft(t,e){const n=new Map;for(const{target:s}of t)e.has(s)||n.set(s.status,(n.get(s.status)??0)+1);return n}var Ut=n(3024);const Vt=()=>(0,Ut.readFileSync)(n.ab+"page.css","utf8");var Jt=n(9468);const qt=21,[Dt,Bt]=[200,40];function zt({runs:t,since:e,targets:n,omitted:s},a){return $`
    <section aria-labelledby="trend">
      <h2 id="trend">Trend</h2>
      <p class="faint">${T(t,"run")} since ${S(e)}</p>
      ${n.map(t=>function(t,e,n){const{label:s,points:a,runs:o,latencyMs:r,daysLeft:i}=t,[c]=a,l=Math.max(...a.map(t=>t.runs)),d={name:"Time to greeting",spread:r,say:j.W2,colour:()=>"speed"},u={name:"Certificate",spread:i,say:at,colour:It},p=l>1?`; each step stands for up to ${l}`:"";return $`
    <div class="trend">
      ${!n&&$`<h3>${s}</h3>`}
      <p class="streak">${h=(0,Jt.y1)(t),`${h.charAt(0).toUpperCase()}${h.slice(1)}.`}</p>
      <div class="charts">
        ${function(t){const{points:e,runs:n,failed:s}=t,a=Dt/Math.max(1,e.length),o=e.length>50?a:.8*a,r=(t,n)=>e.map((e,s)=>n(e)?`M${Ht(s*a)} ${Bt}v-${t}h${Ht(o)}v${t}`:"").join("");return $`
    <figure class="chart">
      <figcaption>
        <span class="faint">Uptime</span> <strong>${(0,Jt.SS)(t)}</strong>
        <span class="faint range">${0===s?"no failure":T(s,"failure")}</span>
      </figcaption>
      <svg viewBox="0 0 ${Dt} ${Bt}" preserveAspectRatio="none" role="img">
        <title>Uptime</title>
        <desc>${function({points:t}){const e=t.filter(({failed:t})=>t>0);if(0===e.length)return"No run failed.";const n=e.slice(-Rt).map(({when:t,failed:e})=>`${(0,m.fU)(t)}${e>1?` (${e})`:""}`);return`${e.length>Rt?"The last failures":"Failures"}: ${n.join(", ")}.`}(t)}</desc>
        <path class="up" d="${r(Bt/2,t=>0===t.failed)}" />
        <path class="partly" d="${r(.75*Bt,t=>t.failed>0&&t.failed<t.runs)}" />
        <path class="down" d="${r(Bt,t=>t.failed===t.runs)}" />
      </svg>
      <span class="hidden">${C(n-s)} of ${T(n,"run")} did not fail</span>
    </figure>`}(t)}
        ${Pt(d,a.map(t=>t.latencyMs),(0,Jt.DJ)(r,j.W2))}
        ${Pt(u,a.map(t=>t.daysLeft),(0,Jt.DJ)(i,String))}
      </div>
      ${c&&$`<p class="faint span">${k(c.when)} to ${k(e)}, ${T(o,"run")}, left to right${p}</p>`}
    </div>`;var h}(t,a,1===n.length))}
      ${s>0&&$`<p class="faint">${T(s,"more target")}, which failed no more often, only in the history itself.</p>`}
    </section>`}function It(t){return t<0?"down":t<qt?"partly":"up"}const Rt=5;function Pt({name:t,spread:e,say:n,colour:s},a,o){if(null===e)return null;const{last:r}=e,i=a.filter(t=>null!==t),{line:c,area:l}=function(t,e,n){const s=Dt/t.length,a=t=>Ht(Bt-2-(t-e)/(n-e)*(Bt-4));let[o,r,i]=["","",""];for(const[e,n]of t.entries()){if(null===n){""!==i&&(r+=`V${Bt}z`),i="";continue}const t=`${Ht(e*s)} ${a(n)}`;o+=`${""===i?`M${t}`:`V${a(n)}`}h${Ht(s)}`,r+=`${""===i?`M${Ht(e*s)} ${Bt}V${a(n)}`:`V${a(n)}`}h${Ht(s)}`,i=t}return{line:o,area:""===i?r:`${r}V${Bt}z`}}(a,Math.min(0,...i),Math.max(1,...i));return $`
    <figure class="chart">
      <figcaption>
        <span class="faint">${t}</span> <strong>${n(r)}</strong>
        <span class="faint range">${o}</span>
      </figcaption>
      <svg viewBox="0 0 ${Dt} ${Bt}" preserveAspectRatio="none" role="img">
        <title>${t}</title>
        <desc>At last ${n(r)}${""!==o&&`; ${o} in all`}.</desc>
        <path class="area ${s(r)}" d="${l}" />
        <path class="curve ${s(r)}" d="${c}" />
      </svg>
    </figure>`}function Ht(t){return String(Number(t.toFixed(2)))}var Gt=n(26);function Kt({status:t,message:e,startedAt:n,totals:s},a){return $`
    <header class="verdict ${t}">
      <div class="width">
        <p class="brand"><strong>smtp-gate</strong> ${S(n)}</p>
        <h1>
          ${function(t){return $`
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="10.5" />
      <path d="${b[t]}" />
    </svg>`}(t)}
          <span><span class="hidden">${t}: </span>${a}</span>
        </h1>
        <p class="lead">${v(e.replace(Qt,s.fail>1?"The first of them: ":""))}</p>
      </div>
    </header>`}const Qt=/^\d+ of \d+ targets cannot be used: /;function Yt(t){const{report:e,failOn:n}=t,{targets:s,fail:a,warn:o,info:r,skip:i}=e.totals,c=a>0||!(0,m.DS)(e)&&r+i===0&&!(0,Gt.VC)(e,n),l=e.findings.some(({ignored:t})=>!t);if(s<=1||!c||l)return Zt((0,m.Pl)(t));const d=T(s,"mail server"),u=o>0?`, ${C(o)} with a warning`:"";if(0===a)return`All ${d} can be used${u}`;if("fail"!==e.status)return`Enough mail servers can be used: ${C(s-a)} of ${C(s)}`;const p=a===s?`none of ${d} can be used`:`${C(a)} of ${d} cannot be used`;return Zt((0,A.MV)(p,(0,A.yy)(e)))}function Zt(t){return t.charAt(0).toUpperCase()+t.slice(1)}function Xt({runner:t,run:e,durationMs:n,totals:s}){const a=[_t[t.environment]??t.environment,t.os,...t.kubernetes?["in Kubernetes"]:t.container?["in a container"]:[]];return $`
    <section aria-labelledby="circumstances">
      <h2 id="circumstances" class="hidden">When and where</h2>
      <dl class="facts circumstances">
        ${M("Targets",s.targets>1&&function(t){const e=(0,m.N4)(t).map(([t,e])=>`${C(e)} ${t}`);return`${C(t.targets)}: ${e.join(", ")}`}(s))}
        ${M("Took",(0,j.W2)(n))}
        ${M("Runner",a.join(", "))}
        ${e&&function({url:t,repository:e,workflow:n,runId:s,attempt:a,sha:o,ref:r,event:i}){const c=`${e}, ${n} ${s}${a>1?` (attempt ${a})`:""}`,l=r.replace(/^refs\/(?:heads|tags)\//,"");return $`
    ${M("Run",x(t,$`${c}`))}
    ${M("Commit",$`<code>${[...o].slice(0,9)}</code> ${l} (${i})`)}`}(e)}
      </dl>
    </section>`}const _t={"github-hosted":"GitHub-hosted","self-hosted":"self-hosted",local:"local machine"};const te=300;function ee(t){const e=function({trend:t,startedAt:e}){return t&&t.runs>1?zt(t,e):null}(t.report),n=Ot(t,(null===e?0:Buffer.byteLength(String(e)))+(t.matrix?ft:0));return`${function(t,{sentence:e,contents:n,trend:a}){const{report:o,place:r}=t,i=Array.from({length:4},()=>Math.random().toString(36).slice(2)).join(""),c=o.findings.length>0&&function({findings:t,message:e,targets:n},s){const a=t.map(t=>N(t,{place:s,said:e===t.message,help:"open",hasSection:!1}));return $`
    <section aria-labelledby="own" class="own">
      <h2 id="own">${n.length>0?"The run as a whole":"What was found"}</h2>
      ${a}
    </section>`}(o,r);return $`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${function(t){const e=`'nonce-${t}'`;return`default-src 'none'; style-src ${e}; script-src ${e}; base-uri 'none'; form-action 'none'`}(i)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="generator" content="${s.y.name} ${s.y.version}" />
        <title>${m.SV[o.status]} ${e} &ndash; smtp-gate</title>
        <style nonce="${i}">${p(Vt())}</style>
      </head>
      <body>
        <a class="skip-link" href="#main">Skip to the report</a>
        ${Kt(o,e)}
        <main id="main" class="width" tabindex="-1">
          ${Xt(o)}
          ${0===o.targets.length&&c}
          ${t.matrix&&function(t,e){const{vantages:n,rows:s,troubled:a}=t,o=a>0?[`${T(a,"target")} ${1===a?"does":"do"} not pass from everywhere`]:[],r=new Map(e.map(({target:t,id:e})=>[t.target.label,e])),i=n.slice(0,gt.columns),c=[];let l=ft-2e3;for(const t of s.slice(0,gt.rows)){const e=bt(t,i,r);if(l-=Buffer.byteLength(String(e)),l<0)break;c.push(e)}const d=s.length-c.length,u=n.length-i.length;return $`
    <section aria-labelledby="matrix">
      <h2 id="matrix">Targets by vantage points</h2>
      <p class="faint">
        ${[...o,...(0,$t.m$)(t)].map(t=>`${t}.`).join(" ")}
      </p>
      <div class="matrix" tabindex="0" role="region" aria-labelledby="matrix">
        <table>
          <thead>
            <tr>
              <th scope="col">Target</th>
              <th scope="col">Verdict</th>
              ${i.map(t=>$`<th scope="col">${t}</th>`)}
            </tr>
          </thead>
          <tbody>${c}</tbody>
        </table>
      </div>
      ${d>0&&$`<p class="faint">${T(d,"more target")} in the list below and in the JSON report.</p>`}
      ${u>0&&$`<p class="faint">${T(u,"more vantage point")} in the JSON report.</p>`}
    </section>`}(t.matrix,n.shown)}
          ${o.targets.length>0&&c}
          ${n.sections.size>0&&Tt(t.codes,n.sections)}
          ${o.targets.length>0&&function({report:{message:t},targets:e,place:n,matrix:s},a){const{shown:o,scale:r,sections:i}=a,c=o.length>1,l=o.map(e=>et(e,e.target.message===t,{scale:r,place:n,explained:i,isMatrix:null!==s}));return $`
    <section aria-labelledby="targets">
      <h2 id="targets">${c?"Targets":"The target"}</h2>
      ${c&&ht(o,(0,g.v)(o.map(({target:t})=>t)),s)}
      ${function({shown:t,omitted:e}){const n=t.filter(({detail:t})=>"brief"===t).map(({target:t})=>t),s=n.filter(({transcript:t})=>t.length>0).length,a=n.filter(({findings:t})=>t.length>0).length,o=n.filter(({findings:t})=>t.length>W).length,r=(0,m.N4)(Object.fromEntries(e)),i=r.reduce((t,[,e])=>t+e,0),c=[...s>0?[`the conversations of ${T(s,"target")}`]:[],...a>0?[`causes and remedies that repeat, of ${T(a,"target")}`]:[],...o>0?[`more than ${W} findings of ${T(o,"target")}`]:[],...i>0?[`${T(i,"target")} (${r.map(([t,e])=>`${C(e)} ${t}`).join(", ")})`]:[]];if(0===c.length)return null;return $`
    <p class="left-out">
      <strong>Left out to keep this page small:</strong> ${c.join("; ")}. Everything is in the JSON report.
    </p>`}(a)}
      <div class="ruler" aria-hidden="true">
        ${function(t){const e=new Set(t.flatMap(({steps:t})=>t.map(({step:t})=>J.U[t].kind))),n=t.some(({steps:t})=>t.some(({status:t})=>"failed"===t)),s=Object.entries(D).filter(([t])=>e.has(t));return n&&s.push(["failed","failed"]),$`<ul class="legend" aria-label="Colours of the bars">${s.map(H)}</ul>`}(e)}
        ${P(r)}
        <span class="to-greeting">greeting</span>
      </div>
      <div class="targets">${l}</div>
      <p id="nothing" hidden>No target is like that.</p>
    </section>`}(t,n)}
          ${a}
          ${ut(o)}
          ${function(t){if(0===t.length)return null;const e=t.length-m.qj;return $`
    <section aria-labelledby="notes">
      <h2 id="notes">Notes</h2>
      <ul>
        ${t.slice(0,m.qj).map(t=>$`<li>${v((0,l.pj)(t,te))}</li>`)}
        ${e>0&&$`<li>${T(e,"more note")} in the JSON report.</li>`}
      </ul>
    </section>`}(o.notes)}
        </main>
        <footer class="width">
          Written by ${s.y.name} ${s.y.version}. ${function({reportFile:t}){return null!=t&&t.endsWith(".json")?$`The JSON report, <code>${t}</code>, holds everything that was seen.`:$`A JSON report (<code>report-json</code>) holds everything that was seen.`}(t)}
        </footer>
        <p id="announcement" class="hidden" role="status"></p>
        <script nonce="${i}">${p(ne)}</script>
      </body>
    </html>`}(t,{sentence:Yt(t),contents:n,trend:e})}\n`}const ne=`(${function(){const t=t=>document.getElementById(t),e=[...document.querySelectorAll("details.target")],n=t("announcement");function s(t){const e=document.createElement("button");e.type="button",e.className="copy",e.textContent="Copy";const s=[...t.querySelectorAll("code")].map(t=>(t.textContent??"").trimEnd()).join("\n"),a=t=>{e.textContent=t,n&&(n.textContent=t),setTimeout(()=>{e.textContent="Copy",n&&(n.textContent="")},2e3)};e.addEventListener("click",async()=>{try{await navigator.clipboard.writeText(s),a("Copied")}catch{getSelection()?.selectAllChildren(t),a("Selected")}});const o=document.createElement("div");o.className="copyable",t.replaceWith(o),o.append(t,e)}function a(){const e=t(location.hash.slice(1));e?.matches("details.target, details.code")&&(e.hidden&&t("filters")?.reset(),e.hidden=!1,e.open=!0,e.scrollIntoView(),e.querySelector("summary")?.focus({preventScroll:!0}))}const o=t("filters");o&&function(n){let s;const a=t=>[...t.querySelectorAll("h3, .essence, .message, .finding h4, .finding > p, .finding > pre, .facts dd")].map(t=>t.textContent).join(" ").toLowerCase();function o(t,e,n){const s=String(t.get(e)||"");return""===s||n.includes(s)}function r(){const r=new FormData(n),i=r.getAll("status"),c=String(r.get("text")).toLowerCase().split(/\s+/).filter(Boolean);c.length>0&&(s??=e.map(a));const l=(t,e)=>{const{status:n="",codes:a=""}=t.dataset,l=a.split(" ");return(0===i.length||i.includes(n))&&o(r,"code",l)&&o(r,"fault",l)&&o(r,"from",l)&&c.every(t=>s?.[e]?.includes(t))};let d=0;for(const[t,n]of e.entries()){const e=l(n,t);n.hidden===e&&(n.hidden=!e),e&&d++}!function(n){const s=t("shown"),a=`${e.length} ${1===e.length?"target":"targets"}`;s&&(s.textContent=n===e.length?a:`${n} of ${a}`);const o=t("nothing");o&&(o.hidden=n>0)}(d)}const i=t=>{for(const n of e)n.hidden||(n.open=t)};n.addEventListener("input",r),n.addEventListener("submit",t=>t.preventDefault()),n.addEventListener("reset",()=>setTimeout(r)),t("open-all")?.addEventListener("click",()=>i(!0)),t("close-all")?.addEventListener("click",()=>i(!1));const c=t("search");c&&(c.hidden=!1),r()}(o);for(const t of document.querySelectorAll("pre.commands"))s(t);addEventListener("hashchange",a),a()}})();`}};
