"use strict";exports.id=529,exports.ids=[529],exports.modules={2994:(t,e,n)=>{n.d(e,{Os:()=>i,RS:()=>a});const s={targets:20,points:100};function a(t,e){const n=Math.max(0,t.count-e),a=t.series.map(({label:t,outcomes:e})=>({label:t,outcomes:e.filter(({run:t})=>t>=n)})).filter(({outcomes:t})=>t.length>0).map(t=>({series:t,failing:t.outcomes.at(-1)?.failed,uptime:o(t)})).sort((t,e)=>Number(e.failing)-Number(t.failing)||t.uptime-e.uptime);return{runs:t.count-n,since:t.when[n]??"",targets:a.slice(0,s.targets).map(({series:e})=>function(t,e){const{label:n,outcomes:a}=t,c=({run:t})=>e[t]??"",d=a.findLast(({failed:t})=>t),u=void 0!==d&&d===a.at(-1),p=a.slice(a.findLastIndex(({failed:t})=>t!==u)+1),f=a.map(t=>({...t,when:c(t),runs:1,failed:Number(t.failed)}));return{label:n,runs:a.length,failed:r(a),uptime:o(t),lastFailure:d?{when:c(d),code:d.code}:null,streak:{failing:u,runs:p.length,since:p.slice(0,1).map(c).join()},latencyMs:l(a.map(({latencyMs:t})=>t)),daysLeft:l(a.map(({daysLeft:t})=>t)),points:i(f,s.points)}}(e,t.when)),omitted:Math.max(0,a.length-s.targets)}}const r=t=>t.filter(({failed:t})=>t).length,o=({outcomes:t})=>(t.length-r(t))/t.length;function i(t,e){const n=Math.ceil(t.length/e);return Array.from({length:0===t.length?0:Math.ceil(t.length/n)},(e,s)=>{const a=t.slice(s*n,(s+1)*n);return{when:a[0]?.when??"",runs:a.reduce((t,{runs:e})=>t+e,0),failed:a.reduce((t,{failed:e})=>t+e,0),latencyMs:c(a.map(({latencyMs:t})=>t)),daysLeft:a.findLast(({daysLeft:t})=>null!==t)?.daysLeft??null}})}function l(t){const e=t.filter(t=>null!==t),n=e.at(-1);return void 0===n?null:{last:n,least:Math.min(...e),most:Math.max(...e)}}function c(t){const e=t.filter(t=>null!==t).sort((t,e)=>t-e);return e[e.length>>1]??null}},7740:(t,e,n)=>{n.d(e,{D9:()=>c,dI:()=>d,h0:()=>u,wD:()=>l});var s=n(6857);const a="\u200b",r=/#(?=\d)|\b[Gg][Hh]-(?=\d)|:(?=(?:[+-]1|(?![\dA-Fa-f]+:)[A-Za-z][\w+-]*):)|(?<![\dA-Fa-f:]):(?=(?:100|1234|[\d_]*[A-Za-z][\w+-]*):)/g,o=/(?<![A-Za-z\d])[\dA-Fa-f]{7,40}(?![A-Za-z\d])/g,i=/.{6}(?=.)/g;function l(t){return(0,s.pj)(t,4e3).split(/(`[^`]+`)/).map((t,e)=>e%2==1?c(t.slice(1,-1)):p(function(t){return t.replace(r,`$&${a}`).replace(o,t=>t.replace(i,`$&${a}`))}(t))).join("").replace(/^ /,"&#32;")}function c(t){return`<code>${p((0,s.pj)(t,4e3))}</code>`}function d(t,e=""){const n=t.map(t=>(0,s.pj)(t,s.bg)),a=Math.max(0,...[...n.join("\n").matchAll(/`+/g)].map(([t])=>t.length)),r="`".repeat(Math.max(3,a+1));return[`${r}${e}`,...n,r].join("\n")}function u(t){return`<pre>\n${t.map(t=>(0,s.pj)(t,4e3).replace(/[&<>"']/g,t=>`&#${t.charCodeAt(0)};`)).join("\n")}\n</pre>`}function p(t){return t.replace(/[&<>`*_[\]#|~\\${}!]/g,t=>`&#${t.charCodeAt(0)};`).replace(/^(\s*)([-+=]|\d+(?=[.)](?:\s|$)))/,(t,e,n)=>`${e}&#${n.charCodeAt(0)};${n.slice(1)}`).replace(/:(?=\/)/g,"&#58;").replace(/\b[Ww]{3}\./g,t=>`${t.slice(0,-1)}&#46;`).replaceAll("@",`@${a}`).replaceAll(a,"&#8203;")}},4529:(t,e,n)=>{n.r(e),n.d(e,{htmlReport:()=>zt});var s=n(9275);const a=1,r=(t,e)=>{const n=new String(t);return n.isEscaped=!0,n.callbacks=e,n},o=/[&<>'"]/,i=(t,e)=>{const n=t.search(o);if(-1===n)return void(e[0]+=t);let s,a,r=0;for(a=n;a<t.length;a++){switch(t.charCodeAt(a)){case 34:s="&quot;";break;case 39:s="&#39;";break;case 38:s="&amp;";break;case 60:s="&lt;";break;case 62:s="&gt;";break;default:continue}e[0]+=t.substring(r,a)+s,r=a+1}e[0]+=t.substring(r,a)},l=(t,...e)=>{const n=[""];for(let s=0,a=t.length-1;s<a;s++){n[0]+=t[s];const a=Array.isArray(e[s])?e[s].flat(1/0):[e[s]];for(let t=0,e=a.length;t<e;t++){const e=a[t];if("string"==typeof e)i(e,n);else if("number"==typeof e)n[0]+=e;else{if("boolean"==typeof e||null==e)continue;if("object"==typeof e&&e.isEscaped)if(e.callbacks)n.unshift("",e);else{const t=e.toString();t instanceof Promise?n.unshift("",t):n[0]+=t}else e instanceof Promise?n.unshift("",e):i(e.toString(),n)}}}return n[0]+=t.at(-1),1===n.length?r("callbacks"in n?(t=>{const e=t.callbacks;if(!e?.length)return t;const n=[t],s={};return e.forEach(t=>t({phase:a,buffer:n,context:s})),n[0]})(r(n[0],n.callbacks)):n[0]):(async(t,e)=>{let n="";e||=[];const s=await Promise.all(t);for(let t=s.length-1;n+=s[t],t--,!(t<0);t--){let a=s[t];if(null==a||"boolean"==typeof a)continue;if("number"==typeof a){n+=a;continue}"object"==typeof a&&e.push(...a.callbacks||[]);const r=a.isEscaped;if(a=await("object"==typeof a?a.toString():a),"object"==typeof a&&e.push(...a.callbacks||[]),a.isEscaped??r)n+=a;else{const t=[n];i(a,t),n=t[0]}}return r(n,e)})(n,n.callbacks)};var c=n(6857);const d=16e3,u=/\n +/g,p=t=>r(t),f=new WeakMap;function h(t,...e){let n=f.get(t);if(void 0===n){const e=t.map(t=>t.replace(u,""));n=Object.assign(e,{raw:e}),f.set(t,n)}return l(n,...e.map($))}function $(t){return"string"==typeof t?(0,c.pj)(t,d):Array.isArray(t)?t.map($):t}var g=n(6094),m=n(2044);const y={pass:"M6 12.5l4 4 8-9",info:"M12 6.5v.1M12 11v6.5",warn:"M12 6.5V13M12 17.4v.1",fail:"M7.5 7.5l9 9m0-9l-9 9",skip:"M7 12h10"};function b(t){return h`<span class="badge ${t}"><span aria-hidden="true">${m.SV[t]}</span> ${t}</span>`}function v(t){return h`${t.split(/(`[^`]+`)/).map((t,e)=>e%2==1?h`<code>${t.slice(1,-1)}</code>`:t)}`}function w(t){return h`<pre class="commands">${t.map(t=>h`<code>${t}\n</code>`)}</pre>`}function M(t,e){return/^https:\/\/[^\s/]/.test(t)?h`<a href="${t}">${e}</a>`:h`<span>${e}</span>`}function x(t,e){return null===e||!1===e?null:h`
    <div>
      <dt>${t}</dt>
      <dd>${e}</dd>
    </div>`}function S(t){return h`<time datetime="${t}">${(0,m.fU)(t)}</time>`}function k(t){return h`<time>${t.slice(0,10)}</time>`}function A(t,e,n=`${e}s`){return`${j(t)} ${1===t?e:n}`}function j(t){return String(t).replace(/\B(?=(?:\d{3})+$)/g," ")}var L=n(407);const C=5,T=t=>`code-${t}`;function N(t,e){const{code:n,status:s,title:a,message:r,impact:o,evidence:i,verify:l,docs:c,ignored:d}=t,{said:u,help:p}=e;return h`
    <section class="finding">
      <h4>${b(s)} ${a} <code>${n}</code>${d&&h`<span class="faint"> (ignored)</span>`}</h4>
      ${!u&&h`<p>${v(r)}</p>`}
      <h5>Seen</h5>
      <pre><code>${i}</code></pre>
      ${"open"===p&&h`<p><strong>Why it matters:</strong> ${o}</p>`}
      ${"open"===p?W(t,e.place,5):function(t,{help:e,hasSection:n,place:s}){const{code:a,title:r,impact:o}=t,i=n?h`<p>Causes and remedies: <a href="#${T(a)}">${r}</a></p>`:h`<p>Causes and remedies are in the JSON report.</p>`;return"none"===e?i:h`
    ${n&&i}
    <details class="others">
      <summary>Causes and remedies for this target</summary>
      <p><strong>Why it matters:</strong> ${o}</p>
      ${W(t,s,5)}
    </details>`}(t,e)}
      <h5>To check the fix</h5>
      ${w([l])}
      ${("open"===p||!e.hasSection)&&h`<p>${M(c,h`More about <code>${n}</code>`)}</p>`}
    </section>`}function W(t,e,n){const{causes:s}=t,{here:a,elsewhere:r}=(0,m.gb)(t,e);return h`
    ${F(n,1===s.length?"Likely cause":"Likely causes, the likeliest first")}
    <ol>${s.slice(0,m.qj).map(t=>h`<li>${v(t)}</li>`)}</ol>
    ${O(s)}
    ${F(n,"What to do")}
    ${E(a)}
    ${O(a)}
    ${r.length>0&&(o=r,h`
    <details class="others">
      <summary>On other kinds of runner</summary>
      ${E(o)}
    </details>`)}`;var o}function F(t,e){return 4===t?h`<h4>${e}</h4>`:h`<h5>${e}</h5>`}function O(t){return t.length>m.qj?h`<p>${j(t.length-m.qj)} more in the JSON report.</p>`:null}function E(t){return h`<ul class="remedies">${t.slice(0,m.qj).map(U)}</ul>`}function U(t){const{text:e,commands:n}=t,s=(0,m.fW)(t);return h`
    <li>
      <p>${""!==s&&h`<strong>${s}: </strong>`}${v(e)}</p>
      ${n.length>0&&w(n)}
    </li>`}var q=n(7763);const D={resolve:"resolve",connect:"connect",greeting:"greeting, EHLO",tls:"TLS",auth:"AUTH",envelope:"MAIL, RCPT",quit:"QUIT"};function J(t,e){return h`
    <table class="steps">
      <caption>Where the time went</caption>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col">Time</th>
          <th scope="col">${z(e)}</th>
        </tr>
      </thead>
      <tbody>${t.map(t=>function(t,e){const{status:n,tookMs:s,because:a}=t,r="skipped"===n;return h`
    <tr class="${n}">
      <th scope="row">${q.U[t.step].label}</th>
      <td>${r?"\u2013":(0,L.W2)(s)}</td>
      <td>
        ${r&&h`<span class="faint">skipped${a&&`: ${a}`}</span>`}
        ${!r&&h`<svg class="strip" aria-hidden="true">${V(t,e)}</svg>`}
        ${"failed"===n&&h`<span class="because">&cross; ${a??"failed"}</span>`}
      </td>
    </tr>`}(t,e))}</tbody>
    </table>`}function V({step:t,startMs:e,tookMs:n,status:s},{endMs:a}){const r=Math.min(99,e/a*100),o=Math.max(.5,n/a*100);return h`<rect class="k-${"failed"===s?"failed":q.U[t].kind}" x="${R(r)}" width="${R(o)}" />`}function z({endMs:t,markMs:e}){const n=Array.from({length:Math.floor(t/e)+1},(t,n)=>n*e);return h`
    <svg class="axis" role="img">
      <title>Scale: 0 to ${(0,L.W2)(t)}</title>
      ${n.map(e=>function(t,e){const n=R(100*e);return h`
    <line x1="${n}" x2="${n}" y1="75%" y2="100%" />
    <text x="${n}" class="${0===e?"first":e>.9?"last":""}">${function(t){return 0===t?"0":t<1?`${Number(t.toFixed(2))} ms`:(0,L.W2)(t)}(t)}</text>`}(e,e/t))}
    </svg>`}function B([t,e]){return h`<li><svg aria-hidden="true"><rect class="k-${t}" width="100%" /></svg>${e}</li>`}function I({step:t,status:e,tookMs:n,because:s}){const a=q.U[t].label;return"failed"===e?`${a} failed after ${(0,L.W2)(n)} (${s})`:`${a} ${(0,L.W2)(n)}`}function R(t){return`${Number(t.toFixed(1))}%`}const P=200,Z=6e4;function H(t){const e=function(t){let e=0;const n=t.findIndex(({text:t},n)=>(e+=t.length,n>=P||e>Z));return n<0?t:t.slice(0,n)}(t),n=t.length-e.length;return h`
    <details>
      <summary>The conversation (${A(t.length,"line")})</summary>
      <table class="transcript">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">From</th>
            <th scope="col">Line</th>
          </tr>
        </thead>
        <tbody>${e.map(_)}</tbody>
      </table>
      ${n>0&&h`<p class="faint">${A(n,"more line")} in the JSON report.</p>`}
    </details>`}function _({from:t,atMs:e,text:n}){return h`
    <tr class="${t}">
      <td>${Math.round(e)} ms</td>
      <td>${t}</td>
      <td><code>${n}</code></td>
    </tr>`}function G(t,e,{scale:n,place:s,explained:a}){const{target:r,id:o,detail:i,open:l}=t,c="brief"===i,{status:d,findings:u,steps:p,message:f,transcript:$}=r,g=[...new Set(u.map(({code:t})=>t))].join(" "),y=c?u.slice(0,C):u,w=u.length-y.length,M=y.map(t=>N(t,{place:s,said:f.startsWith(t.message),help:c?"none":a.has(t.code)?"folded":"open",hasSection:a.has(t.code)}));return h`
    <details class="target" id="${o}" data-status="${d}" data-codes="${g}"${l&&" open"}>
      <summary>
        ${b(d)}
        <span class="name"><h3>${r.target.label}</h3>${function({code:t,findings:e,latencyMs:n}){const s=e.find(e=>e.code===t)??e[0];if(!s)return h`<span class="essence faint">${null===n?"passes":"greets as it should"}</span>`;const a=e.length>1&&` and ${e.length-1} more`;return h`<span class="essence">${s.title} <code>${s.code}</code>${a}</span>`}(r)}</span>
        ${p.length>0&&function(t,e){const n=t.filter(({status:t})=>"skipped"!==t);return h`
    <svg class="strip" role="img">
      <title>Where the time went</title>
      <desc>${n.map(I).join(", ")}</desc>
      ${n.map(t=>V(t,e))}
    </svg>`}(p,n)}
        ${function({latencyMs:t}){return null===t?h`<span class="latency"><span class="hidden">no greeting</span><span aria-hidden="true">&ndash;</span></span>`:h`<span class="latency"><span class="hidden">greeted after </span>${(0,L.W2)(t)}</span>`}(r)}
      </summary>
      <div class="body">
        ${!e&&h`<p class="message">${v(f)}</p>`}
        ${M}
        ${w>0&&h`<p>${A(w,"more finding")} in the JSON report.</p>`}
        ${function({target:t,...e},n){const{address:s,addresses:a,banner:r,latencyMs:o,tls:i,capabilities:l,attempts:c,durationMs:d}=e,u=a.filter(({outcome:t})=>"connected"!==t),p=l??[];return h`
    <dl class="facts">
      ${x("Address",s&&s!==t.host&&h`<code>${s}</code>`)}
      ${x("Not connected",u.length>0&&u.map(Y))}
      ${x("Greeting",r&&h`<code>${r}</code>`)}
      ${x("Time to greeting",!n&&null!==o&&(0,L.W2)(o))}
      ${x("TLS",i&&`${i.protocol}, ${i.cipher}, ${(0,m.A2)(i.authorized)}`)}
      ${x("Certificate",i&&function({subject:t,issuer:e,validFrom:n,validTo:s,daysLeft:a}){const r=h`${K(n)} to ${K(s)} (${Q(a)})`;return h`<code>${t}</code> by <code>${e}</code>, ${r}`}(i))}
      ${x("Offers",p.length>0&&p.map(t=>h`<code>${t}</code> `))}
      ${x("Attempts",1!==c&&`${c} in ${(0,L.W2)(d)}`)}
    </dl>`}(r,c)}
        ${!c&&p.length>0&&J(p,n)}
        ${!c&&$.length>0&&H($)}
      </div>
    </details>`}function Y({address:t,outcome:e,errno:n,tookMs:s}){return h`<span class="line"><code>${t}</code> ${n??e} after ${(0,L.W2)(s)}</span>`}function K(t){return null===t?"(unreadable)":k(t)}function Q(t){return null===t?"unknown":t>=0?`${A(t,"day")} left`:-1===t?"expired today":`expired ${A(-t-1,"day")} ago`}const X=864e5,tt=400*X,et=800*X,nt=30,st=21,at=120;function rt(t){const e=function({targets:t}){const e=new Map;for(const{tls:n,target:s}of t){if(null===n||null===n.validFrom||null===n.validTo||null===n.daysLeft)continue;const{validFrom:t,validTo:a,daysLeft:r}=n,o=JSON.stringify([n.subject,n.issuer,n.validFrom,n.validTo]),i=e.get(o);if(i)i.labels.push(s.label);else{const i={from:Date.parse(t),to:Date.parse(a)};e.set(o,{tls:{...n,validFrom:t,validTo:a,daysLeft:r},...i,labels:[s.label]})}}return[...e.values()].filter(({from:t,to:e})=>Number.isFinite(t)&&Number.isFinite(e)).sort((t,e)=>t.to-e.to)}(t);if(0===e.length)return null;const n=Date.parse(t.startedAt),s=function(t,e){const n=Math.max(e-tt,Math.min(e,...t.map(t=>t.from))),s=Math.min(e+et,Math.max(e+X,...t.map(t=>t.to)));return{from:n,to:s,at:t=>Math.min(100,Math.max(0,(t-n)/(s-n)*100))}}(e,n),a=e.length-nt;return h`
    <section aria-labelledby="certificates">
      <h2 id="certificates">Certificates</h2>
      <table class="certificates">
        <thead>
          <tr>
            <th scope="col">Certificate</th>
            <th scope="col"><span class="hidden">Validity</span>${function(t,e){const n=new Date(t.from).getUTCFullYear()+1,s=Array.from({length:4},(t,e)=>n+e).filter(e=>Date.UTC(e)<t.to),a=t.at(e);return h`
    <svg class="axis" aria-hidden="true">
      ${s.map(e=>function(t,e,n){const s=h`<text x="${R(e)}" class="${e>90?"year last":"year"}">${t}</text>`;return h`<line x1="${R(e)}" x2="${R(e)}" y1="75%" y2="100%" />${Math.abs(e-n)>16&&s}`}(e,t.at(Date.UTC(e)),a))}
      <line x1="${R(a)}" x2="${R(a)}" y1="75%" y2="100%" />
      <text class="today ${a<10?"first":a>90?"last":""}" x="${R(a)}">today</text>
    </svg>`}(s,n)}</th>
            <th scope="col">Left</th>
          </tr>
        </thead>
        <tbody>${e.slice(0,nt).map(t=>function({tls:t,from:e,to:n,labels:s},a,r){const{subject:o,issuer:i,validFrom:l,validTo:d,daysLeft:u}=t,[p="",...f]=s,$=u<0?"fail":u<st?"warn":"pass",[g,m,y]=[a.at(e),a.at(n),R(a.at(r))];return h`
    <tr>
      <th scope="row">
        ${(0,c.pj)(o,at)}
        <span class="faint line">by ${(0,c.pj)(i,at)}</span>
        <span class="faint line">${p}${f.length>0&&` and ${A(f.length,"more target")}`}</span>
      </th>
      <td>
        <svg class="validity" role="img">
          <title>Validity</title>
          <desc>${l.slice(0,10)} to ${d.slice(0,10)}, ${Q(u)}</desc>
          <rect class="${$}" x="${R(g)}" width="${R(Math.max(.5,m-g))}" />
          <line x1="${y}" x2="${y}" y2="100%" />
        </svg>
        <span class="dates">${k(l)} &ndash; ${k(d)}</span>
      </td>
      <td class="left ${$}">${Q(u)}</td>
    </tr>`}(t,s,n))}</tbody>
      </table>
      ${a>0&&h`<p class="faint">${A(a,"more certificate")}, which last longer, in the JSON report.</p>`}
    </section>`}function ot(t,e){const n={};for(const{target:e}of t)n[e.status]=(n[e.status]??0)+1;return h`
    <search id="search" aria-label="Filter the targets" hidden>
      <form id="filters" class="filters">
        <fieldset>
          <legend>Status</legend>
          ${(0,m.N4)(n).map(([t,e])=>function(t,e){return h`
    <label>
      <input type="checkbox" name="status" value="${t}" />
      ${b(t)} ${j(e)}
    </label>`}(t,e))}
        </fieldset>
        ${e.length>0&&function(t){return h`
    <label class="field">
      <span>Code</span>
      <select name="code">
        <option value="">any</option>
        ${t.map(({code:t,targets:e})=>h`<option value="${t}">${t} (${j(e)})</option>`)}
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
        <p id="shown" class="shown" role="status">${A(t.length,"target")}</p>
      </form>
    </search>`}const it=30,lt=200,ct=3,dt=3,ut=25e4;function pt({codes:t,place:e},n){const s=new Map;let a=0;for(const r of t){const t=ht(r,e,{idOf:n,open:s.size<dt}),o=Buffer.byteLength(String(t));a+o>ut||(a+=o,s.set(r.code,t))}return{sections:s,bytes:a}}function ft(t,e){return 0===t.length?null:h`
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
        <tbody>${t.map(t=>function({code:t,status:e,title:n,counts:s,ignored:a,targets:r},o){const i=(0,m.N4)(s),l=i.length+(a>0?1:0)>1;return h`
    <tr>
      <td>
        ${0===i.length&&b(e)}
        ${i.map(([t,e])=>h`<span class="line">${b(t)}${l&&` ${j(e)}`}</span>`)}
        ${a>0&&h`<span class="faint line">${l&&`${j(a)} `}ignored</span>`}
      </td>
      <th scope="row">
        ${o?h`<a href="#${T(t)}">${n}</a>`:h`<span>${n}</span>`} <code>${t}</code>
      </th>
      <td class="number">${j(r)}</td>
    </tr>`}(t,e.has(t.code)))}</tbody>
      </table>
      ${e.size>0&&h`<div class="codes">${[...e.values()]}</div>`}
    </section>`}function ht(t,e,{idOf:n,open:s}){const{code:a,status:r,title:o,sightings:i,explanations:l}=t,d=i.length-it;return h`
    <details class="code" id="${T(a)}"${s&&" open"}>
      <summary>
        ${b(r)}
        <span class="name"><h3>${o} <code>${a}</code></h3><span class="essence faint">${(0,m.gM)(t)}</span></span>
      </summary>
      <div class="body">
        <p><strong>Why it matters:</strong> ${i[0].finding.impact}</p>
        <h4>Where</h4>
        <ul class="where">${i.slice(0,it).map(e=>function({target:t,finding:e},{status:n},s){const a=s(t),{label:r}=t.target;return h`
    <li>
      ${null===a?h`<span>${r}</span>`:h`<a href="#${a}">${r}</a>`}
      ${e.status!==n&&h` ${b(e.status)}`}
      ${e.ignored&&h` <span class="faint">(ignored)</span>`}
      ${": "}<code>${(0,c.pj)(e.evidence,lt)}</code>
    </li>`}(e,t,n))}</ul>
        ${d>0&&h`<p class="faint">${A(d,"more finding")} at the targets below.</p>`}
        ${l.slice(0,ct).map((t,n)=>[n>0&&h`<h4>At ${(0,m.eZ)(t.sightings)}</h4>`,W(t.sightings[0].finding,e,4)])}
        ${l.length>ct&&function(t){const e=new Set(t.flatMap(({sightings:t})=>t.map(({target:t})=>t)));return h`<p>At ${(0,m.cY)(e.size,"more ")} something else may help: it stands there.</p>`}(l.slice(ct))}
        <h4>To check the fix</h4>
        ${w([i[0].finding.verify])}
        <p>${M(i[0].finding.docs,h`More about <code>${a}</code>`)}</p>
      </div>
    </details>`}const $t=8,gt=50,mt=84e4,yt=8e4,bt=5;function vt(t,e=0){const{targets:n}=t,s=function(t){const e=Math.max(1,(0,m.M2)(t)),n=10**Math.floor(Math.log10(e/5)),s=[1,2,5,10].map(t=>t*n).find(t=>e/t<=5)??e;return{endMs:e,markMs:s}}(n),a=n.map((t,e)=>function(t,e,n){const s=1===n||n<=bt&&t.findings.length>0;return{target:t,id:`t${e+1}`,detail:"whole",open:s}}(t,e,n.length)),r=new Map(a.map(({target:t,id:e})=>[t,e])),{sections:o,bytes:i}=pt(t,t=>r.get(t)??null),l=a.length>1,c=mt-e-(l?i:0),d=h(t,l?o:new Map);if(a.length<=gt&&function(t,e,n){return JSON.stringify(t.map(({target:t})=>t)).length*$t<=n||t.reduce((t,n)=>t+wt(n,e),0)<=n}(a,d,c))return{shown:a,scale:s,sections:l?o:new Map,omitted:new Map};const u=function(t,e,n){const s=new Map;let a=n;for(const n of function(t,e){const n=new Set,[s,a]=[[],[]];for(const r of t){const t=e(r);(n.has(t)?a:s).push(r),n.add(t)}return[...s,...a]}(t,({target:t})=>t.code)){const t=wt({...n,detail:"brief"},e);if(a-t<yt)break;a-=t,s.set(n.id,t)}return t.flatMap(t=>{const n=s.get(t.id);if(void 0===n)return[];const r=0===t.target.findings.length?1/0:wt(t,e)-n;return r>a?[{...t,detail:"brief"}]:(a-=r,[t])})}(a,h(t,o),mt-e-i),p=new Set(u.map(({target:t})=>t)),f=pt(t,t=>p.has(t)?r.get(t)??null:null);return{shown:u,scale:s,sections:f.sections,omitted:Mt(a,p)};function h({place:t},e){return{scale:s,place:t,explained:e}}}function wt(t,e){return Buffer.byteLength(String(G(t,!1,e)))}function Mt(t,e){const n=new Map;for(const{target:s}of t)e.has(s)||n.set(s.status,(n.get(s.status)??0)+1);return n}var xt=n(3024);const St=()=>(0,xt.readFileSync)(n.ab+"page.css","utf8");var kt=n(9468);const At=21,[jt,Lt]=[200,40];function Ct({runs:t,since:e,targets:n,omitted:s},a){return h`
    <section aria-labelledby="trend">
      <h2 id="trend">Trend</h2>
      <p class="faint">${A(t,"run")} since ${S(e)}</p>
      ${n.map(t=>function(t,e,n){const{label:s,points:a,runs:r,latencyMs:o,daysLeft:i}=t,[l]=a,c=Math.max(...a.map(t=>t.runs)),d={name:"Time to greeting",spread:o,say:L.W2,colour:()=>"speed"},u={name:"Certificate",spread:i,say:Q,colour:Tt},p=c>1?`; each step stands for up to ${c}`:"";return h`
    <div class="trend">
      ${!n&&h`<h3>${s}</h3>`}
      <p class="streak">${f=(0,kt.y1)(t),`${f.charAt(0).toUpperCase()}${f.slice(1)}.`}</p>
      <div class="charts">
        ${function(t){const{points:e,runs:n,failed:s}=t,a=jt/Math.max(1,e.length),r=e.length>50?a:.8*a,o=(t,n)=>e.map((e,s)=>n(e)?`M${Ft(s*a)} ${Lt}v-${t}h${Ft(r)}v${t}`:"").join("");return h`
    <figure class="chart">
      <figcaption>
        <span class="faint">Uptime</span> <strong>${(0,kt.SS)(t)}</strong>
        <span class="faint range">${0===s?"no failure":A(s,"failure")}</span>
      </figcaption>
      <svg viewBox="0 0 ${jt} ${Lt}" preserveAspectRatio="none" role="img">
        <title>Uptime</title>
        <desc>${function({points:t}){const e=t.filter(({failed:t})=>t>0);if(0===e.length)return"No run failed.";const n=e.slice(-Nt).map(({when:t,failed:e})=>`${(0,m.fU)(t)}${e>1?` (${e})`:""}`);return`${e.length>Nt?"The last failures":"Failures"}: ${n.join(", ")}.`}(t)}</desc>
        <path class="up" d="${o(Lt/2,t=>0===t.failed)}" />
        <path class="partly" d="${o(.75*Lt,t=>t.failed>0&&t.failed<t.runs)}" />
        <path class="down" d="${o(Lt,t=>t.failed===t.runs)}" />
      </svg>
      <span class="hidden">${j(n-s)} of ${A(n,"run")} did not fail</span>
    </figure>`}(t)}
        ${Wt(d,a.map(t=>t.latencyMs),(0,kt.DJ)(o,L.W2))}
        ${Wt(u,a.map(t=>t.daysLeft),(0,kt.DJ)(i,String))}
      </div>
      ${l&&h`<p class="faint span">${k(l.when)} to ${k(e)}, ${A(r,"run")}, left to right${p}</p>`}
    </div>`;var f}(t,a,1===n.length))}
      ${s>0&&h`<p class="faint">${A(s,"more target")}, which failed no more often, only in the history itself.</p>`}
    </section>`}function Tt(t){return t<0?"down":t<At?"partly":"up"}const Nt=5;function Wt({name:t,spread:e,say:n,colour:s},a,r){if(null===e)return null;const{last:o}=e,i=a.filter(t=>null!==t),{line:l,area:c}=function(t,e,n){const s=jt/t.length,a=t=>Ft(Lt-2-(t-e)/(n-e)*(Lt-4));let[r,o,i]=["","",""];for(const[e,n]of t.entries()){if(null===n){""!==i&&(o+=`V${Lt}z`),i="";continue}const t=`${Ft(e*s)} ${a(n)}`;r+=`${""===i?`M${t}`:`V${a(n)}`}h${Ft(s)}`,o+=`${""===i?`M${Ft(e*s)} ${Lt}V${a(n)}`:`V${a(n)}`}h${Ft(s)}`,i=t}return{line:r,area:""===i?o:`${o}V${Lt}z`}}(a,Math.min(0,...i),Math.max(1,...i));return h`
    <figure class="chart">
      <figcaption>
        <span class="faint">${t}</span> <strong>${n(o)}</strong>
        <span class="faint range">${r}</span>
      </figcaption>
      <svg viewBox="0 0 ${jt} ${Lt}" preserveAspectRatio="none" role="img">
        <title>${t}</title>
        <desc>At last ${n(o)}${""!==r&&`; ${r} in all`}.</desc>
        <path class="area ${s(o)}" d="${c}" />
        <path class="curve ${s(o)}" d="${l}" />
      </svg>
    </figure>`}function Ft(t){return String(Number(t.toFixed(2)))}var Ot=n(26);function Et({status:t,message:e,startedAt:n,totals:s},a){return h`
    <header class="verdict ${t}">
      <div class="width">
        <p class="brand"><strong>smtp-gate</strong> ${S(n)}</p>
        <h1>
          ${function(t){return h`
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="10.5" />
      <path d="${y[t]}" />
    </svg>`}(t)}
          <span><span class="hidden">${t}: </span>${a}</span>
        </h1>
        <p class="lead">${v(e.replace(Ut,s.fail>1?"The first of them: ":""))}</p>
      </div>
    </header>`}const Ut=/^\d+ of \d+ targets cannot be used: /;function qt(t){const{report:e,failOn:n}=t,{targets:s,fail:a,warn:r,info:o,skip:i}=e.totals,l=a>0||!(0,m.DS)(e)&&o+i===0&&!(0,Ot.VC)(e,n);if(s<=1||!l)return(c=(0,m.Pl)(t)).charAt(0).toUpperCase()+c.slice(1);var c;const d=A(s,"mail server");if(a===s)return`None of ${d} can be used`;if("fail"===e.status)return`${j(a)} of ${d} cannot be used`;if(a>0)return`Enough mail servers can be used: ${j(s-a)} of ${j(s)}`;return`All ${d} can be used${r>0?`, ${j(r)} with a warning`:""}`}function Dt({runner:t,run:e,durationMs:n,totals:s}){const a=[Jt[t.environment]??t.environment,t.os,...t.kubernetes?["in Kubernetes"]:t.container?["in a container"]:[]];return h`
    <section aria-labelledby="circumstances">
      <h2 id="circumstances" class="hidden">When and where</h2>
      <dl class="facts circumstances">
        ${x("Targets",s.targets>1&&function(t){const e=(0,m.N4)(t).map(([t,e])=>`${j(e)} ${t}`);return`${j(t.targets)}: ${e.join(", ")}`}(s))}
        ${x("Took",(0,L.W2)(n))}
        ${x("Runner",a.join(", "))}
        ${e&&function({url:t,repository:e,workflow:n,runId:s,attempt:a,sha:r,ref:o,event:i}){const l=`${e}, ${n} ${s}${a>1?` (attempt ${a})`:""}`,c=o.replace(/^refs\/(?:heads|tags)\//,"");return h`
    ${x("Run",M(t,h`${l}`))}
    ${x("Commit",h`<code>${[...r].slice(0,9)}</code> ${c} (${i})`)}`}(e)}
      </dl>
    </section>`}const Jt={"github-hosted":"GitHub-hosted","self-hosted":"self-hosted",local:"local machine"};const Vt=300;function zt(t){const e=function({trend:t,startedAt:e}){return t&&t.runs>1?Ct(t,e):null}(t.report),n=vt(t,null===e?0:Buffer.byteLength(String(e)));return`${function(t,{sentence:e,contents:n,trend:a}){const{report:r,place:o}=t,i=Array.from({length:4},()=>Math.random().toString(36).slice(2)).join(""),l=r.findings.length>0&&function({findings:t,message:e},n){const s=t.map(t=>N(t,{place:n,said:e===t.message,help:"open",hasSection:!1}));return h`
    <section aria-labelledby="own" class="own">
      <h2 id="own">What was found</h2>
      ${s}
    </section>`}(r,o);return h`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${function(t){const e=`'nonce-${t}'`;return`default-src 'none'; style-src ${e}; script-src ${e}; base-uri 'none'; form-action 'none'`}(i)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="generator" content="${s.y.name} ${s.y.version}" />
        <title>${m.SV[r.status]} ${e} &ndash; smtp-gate</title>
        <style nonce="${i}">${p(St())}</style>
      </head>
      <body>
        <a class="skip-link" href="#main">Skip to the report</a>
        ${Et(r,e)}
        <main id="main" class="width" tabindex="-1">
          ${Dt(r)}
          ${l}
          ${n.sections.size>0&&ft(t.codes,n.sections)}
          ${r.targets.length>0&&function({report:{message:t},targets:e,place:n},s){const{shown:a,scale:r,sections:o}=s,i=a.length>1,l=a.map(e=>G(e,e.target.message===t,{scale:r,place:n,explained:o}));return h`
    <section aria-labelledby="targets">
      <h2 id="targets">${i?"Targets":"The target"}</h2>
      ${i&&ot(a,(0,g.v)(a.map(({target:t})=>t)))}
      ${function({shown:t,omitted:e}){const n=t.filter(({detail:t})=>"brief"===t).map(({target:t})=>t),s=n.filter(({transcript:t})=>t.length>0).length,a=n.filter(({findings:t})=>t.length>0).length,r=n.filter(({findings:t})=>t.length>C).length,o=(0,m.N4)(Object.fromEntries(e)),i=o.reduce((t,[,e])=>t+e,0),l=[...s>0?[`the conversations of ${A(s,"target")}`]:[],...a>0?[`causes and remedies that repeat, of ${A(a,"target")}`]:[],...r>0?[`more than ${C} findings of ${A(r,"target")}`]:[],...i>0?[`${A(i,"target")} (${o.map(([t,e])=>`${j(e)} ${t}`).join(", ")})`]:[]];if(0===l.length)return null;return h`
    <p class="left-out">
      <strong>Left out to keep this page small:</strong> ${l.join("; ")}. Everything is in the JSON report.
    </p>`}(s)}
      <div class="ruler" aria-hidden="true">
        ${function(t){const e=new Set(t.flatMap(({steps:t})=>t.map(({step:t})=>q.U[t].kind))),n=t.some(({steps:t})=>t.some(({status:t})=>"failed"===t)),s=Object.entries(D).filter(([t])=>e.has(t));return n&&s.push(["failed","failed"]),h`<ul class="legend" aria-label="Colours of the bars">${s.map(B)}</ul>`}(e)}
        ${z(r)}
        <span class="to-greeting">greeting</span>
      </div>
      <div class="targets">${l}</div>
      <p id="nothing" hidden>No target is like that.</p>
    </section>`}(t,n)}
          ${a}
          ${rt(r)}
          ${function(t){if(0===t.length)return null;const e=t.length-m.qj;return h`
    <section aria-labelledby="notes">
      <h2 id="notes">Notes</h2>
      <ul>
        ${t.slice(0,m.qj).map(t=>h`<li>${v((0,c.pj)(t,Vt))}</li>`)}
        ${e>0&&h`<li>${A(e,"more note")} in the JSON report.</li>`}
      </ul>
    </section>`}(r.notes)}
        </main>
        <footer class="width">
          Written by ${s.y.name} ${s.y.version}. The JSON report holds everything that was seen.
        </footer>
        <p id="announcement" class="hidden" role="status"></p>
        <script nonce="${i}">${p(Bt)}</script>
      </body>
    </html>`}(t,{sentence:qt(t),contents:n,trend:e})}\n`}const Bt=`(${function(){const t=t=>document.getElementById(t),e=[...document.querySelectorAll("details.target")],n=t("announcement");function s(t){const e=document.createElement("button");e.type="button",e.className="copy",e.textContent="Copy";const s=[...t.querySelectorAll("code")].map(t=>(t.textContent??"").trimEnd()).join("\n"),a=t=>{e.textContent=t,n&&(n.textContent=t),setTimeout(()=>{e.textContent="Copy",n&&(n.textContent="")},2e3)};e.addEventListener("click",async()=>{try{await navigator.clipboard.writeText(s),a("Copied")}catch{getSelection()?.selectAllChildren(t),a("Selected")}});const r=document.createElement("div");r.className="copyable",t.replaceWith(r),r.append(t,e)}function a(){const e=t(location.hash.slice(1));e?.matches("details.target, details.code")&&(e.hidden&&t("filters")?.reset(),e.hidden=!1,e.open=!0,e.scrollIntoView(),e.querySelector("summary")?.focus({preventScroll:!0}))}const r=t("filters");r&&function(n){let s;const a=t=>[...t.querySelectorAll("h3, .essence, .message, .finding h4, .finding > p, .finding > pre, .facts dd")].map(t=>t.textContent).join(" ").toLowerCase();function r(){const r=new FormData(n),o=r.getAll("status"),i=r.get("code")||"",l=String(r.get("text")).toLowerCase().split(/\s+/).filter(Boolean);l.length>0&&(s??=e.map(a));const c=(t,e)=>{const{status:n="",codes:a=""}=t.dataset;return(0===o.length||o.includes(n))&&(""===i||a.split(" ").includes(String(i)))&&l.every(t=>s?.[e]?.includes(t))};let d=0;for(const[t,n]of e.entries()){const e=c(n,t);n.hidden===e&&(n.hidden=!e),e&&d++}!function(n){const s=t("shown"),a=`${e.length} ${1===e.length?"target":"targets"}`;s&&(s.textContent=n===e.length?a:`${n} of ${a}`);const r=t("nothing");r&&(r.hidden=n>0)}(d)}const o=t=>{for(const n of e)n.hidden||(n.open=t)};n.addEventListener("input",r),n.addEventListener("submit",t=>t.preventDefault()),n.addEventListener("reset",()=>setTimeout(r)),t("open-all")?.addEventListener("click",()=>o(!0)),t("close-all")?.addEventListener("click",()=>o(!1));const i=t("search");i&&(i.hidden=!1),r()}(r);for(const t of document.querySelectorAll("pre.commands"))s(t);addEventListener("hashchange",a),a()}})();`},9468:(t,e,n)=>{n.d(e,{DJ:()=>m,SS:()=>f,og:()=>d,y1:()=>h});var s=n(2994),a=n(407),r=n(7740),o=n(2044);const i=50,l="\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588",c="\xb7";function d({report:{trend:t,targets:e}},n){if(null===t||t.runs<2||0===n)return[];const s=t.targets.slice(0,n),a=t.targets.length+t.omitted-s.length,i=e.length>1;return[...i?["---"]:[],`**Trend** over ${t.runs} runs since ${(0,o.fU)(t.since)}`,...s.map(t=>(0,r.h0)([...i?[t.label]:[],...u(t)])),...a>0?[`_The trends of ${a} more targets, which hold as often or more often, are not shown._`]:[]]}function u(t){const{runs:e,failed:n,points:r}=t,l=(0,s.Os)(r,i),[c,d]=[t.latencyMs,t.daysLeft];return[p("uptime",f(t),l.map(g).join(""),`${e-n} of ${e} runs`),...null===c?[]:[p("greeting",(0,a.W2)(c.last),y(l.map(t=>t.latencyMs)),m(c,a.W2))],...null===d?[]:[p("certificate",(0,o.n1)(d.last),y(l.map(t=>t.daysLeft)),m(d,String))],`  ${h(t)}`]}function p(t,e,n,s){return`  ${t.padEnd(11)}  ${e.padStart(9)}  ${n}  ${s}`}function f({failed:t,uptime:e}){return 0===t?"100 %":`${Number((Math.floor(1e3*e)/10).toFixed(1))} %`}function h({streak:t,lastFailure:e,runs:n}){const s=`since ${(0,o.fU)(t.since)}`;if(t.failing)return`fails ${s}, in ${$(t.runs,n)} (${e?.code})`;if(null===e)return`no failure in ${$(t.runs,n)}, ${s}`;const{when:a,code:r}=e;return`last failure ${(0,o.fU)(a)} (${r}), none in ${$(t.runs,n)} since`}function $(t,e){return t===e?1===e?"its only run":`all ${e} runs`:1===t?"1 run":`${t} runs`}function g({runs:t,failed:e}){return 0===e?"\u2588":e<t?"\u2584":"\u2581"}function m(t,e){return null===t||t.least===t.most?"":`${e(t.least)} to ${e(t.most)}`}function y(t){const e=t.filter(t=>null!==t),[n,s]=[Math.min(0,...e),Math.max(1,...e)];return t.map(t=>null===t?c:l[(t=>Math.min(l.length-1,Math.floor((t-n)/(s-n)*l.length)))(t)]).join("")}}};
