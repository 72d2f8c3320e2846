"use strict";exports.id=529,exports.ids=[529],exports.modules={2994:(t,e,n)=>{n.d(e,{Os:()=>i,RS:()=>a});const s={targets:20,points:100};function a(t,e){const n=Math.max(0,t.count-e),a=t.series.map(({label:t,outcomes:e})=>({label:t,outcomes:e.filter(({run:t})=>t>=n)})).filter(({outcomes:t})=>t.length>0).map(t=>({series:t,failing:t.outcomes.at(-1)?.failed,uptime:o(t)})).sort((t,e)=>Number(e.failing)-Number(t.failing)||t.uptime-e.uptime);return{runs:t.count-n,since:t.when[n]??"",targets:a.slice(0,s.targets).map(({series:e})=>function(t,e){const{label:n,outcomes:a}=t,c=({run:t})=>e[t]??"",d=a.findLast(({failed:t})=>t),u=void 0!==d&&d===a.at(-1),f=a.slice(a.findLastIndex(({failed:t})=>t!==u)+1),p=a.map(t=>({...t,when:c(t),runs:1,failed:Number(t.failed)}));return{label:n,runs:a.length,failed:r(a),uptime:o(t),lastFailure:d?{when:c(d),code:d.code}:null,streak:{failing:u,runs:f.length,since:f.slice(0,1).map(c).join()},latencyMs:l(a.map(({latencyMs:t})=>t)),daysLeft:l(a.map(({daysLeft:t})=>t)),points:i(p,s.points)}}(e,t.when)),omitted:Math.max(0,a.length-s.targets)}}const r=t=>t.filter(({failed:t})=>t).length,o=({outcomes:t})=>(t.length-r(t))/t.length;function i(t,e){const n=Math.ceil(t.length/e);return Array.from({length:0===t.length?0:Math.ceil(t.length/n)},(e,s)=>{const a=t.slice(s*n,(s+1)*n);return{when:a[0]?.when??"",runs:a.reduce((t,{runs:e})=>t+e,0),failed:a.reduce((t,{failed:e})=>t+e,0),latencyMs:c(a.map(({latencyMs:t})=>t)),daysLeft:a.findLast(({daysLeft:t})=>null!==t)?.daysLeft??null}})}function l(t){const e=t.filter(t=>null!==t),n=e.at(-1);return void 0===n?null:{last:n,least:Math.min(...e),most:Math.max(...e)}}function c(t){const e=t.filter(t=>null!==t).sort((t,e)=>t-e);return e[e.length>>1]??null}},7740:(t,e,n)=>{n.d(e,{D9:()=>c,dI:()=>d,h0:()=>u,wD:()=>l});var s=n(6857);const a="\u200b",r=/#(?=\d)|\b[Gg][Hh]-(?=\d)|:(?=(?:[+-]1|(?![\dA-Fa-f]+:)[A-Za-z][\w+-]*):)|(?<![\dA-Fa-f:]):(?=(?:100|1234|[\d_]*[A-Za-z][\w+-]*):)/g,o=/(?<![A-Za-z\d])[\dA-Fa-f]{7,40}(?![A-Za-z\d])/g,i=/.{6}(?=.)/g;function l(t){return(0,s.pj)(t,4e3).split(/(`[^`]+`)/).map((t,e)=>e%2==1?c(t.slice(1,-1)):f(function(t){return t.replace(r,`$&${a}`).replace(o,t=>t.replace(i,`$&${a}`))}(t))).join("").replace(/^ /,"&#32;")}function c(t){return`<code>${f((0,s.pj)(t,4e3))}</code>`}function d(t,e=""){const n=t.map(t=>(0,s.pj)(t,s.bg)),a=Math.max(0,...[...n.join("\n").matchAll(/`+/g)].map(([t])=>t.length)),r="`".repeat(Math.max(3,a+1));return[`${r}${e}`,...n,r].join("\n")}function u(t){return`<pre>\n${t.map(t=>(0,s.pj)(t,4e3).replace(/[&<>"']/g,t=>`&#${t.charCodeAt(0)};`)).join("\n")}\n</pre>`}function f(t){return t.replace(/[&<>`*_[\]#|~\\${}!]/g,t=>`&#${t.charCodeAt(0)};`).replace(/^(\s*)([-+=]|\d+(?=[.)](?:\s|$)))/,(t,e,n)=>`${e}&#${n.charCodeAt(0)};${n.slice(1)}`).replace(/:(?=\/)/g,"&#58;").replace(/\b[Ww]{3}\./g,t=>`${t.slice(0,-1)}&#46;`).replaceAll("@",`@${a}`).replaceAll(a,"&#8203;")}},4529:(t,e,n)=>{n.r(e),n.d(e,{htmlReport:()=>Nt});var s=n(9275);const a=1,r=(t,e)=>{const n=new String(t);return n.isEscaped=!0,n.callbacks=e,n},o=/[&<>'"]/,i=(t,e)=>{const n=t.search(o);if(-1===n)return void(e[0]+=t);let s,a,r=0;for(a=n;a<t.length;a++){switch(t.charCodeAt(a)){case 34:s="&quot;";break;case 39:s="&#39;";break;case 38:s="&amp;";break;case 60:s="&lt;";break;case 62:s="&gt;";break;default:continue}e[0]+=t.substring(r,a)+s,r=a+1}e[0]+=t.substring(r,a)},l=(t,...e)=>{const n=[""];for(let s=0,a=t.length-1;s<a;s++){n[0]+=t[s];const a=Array.isArray(e[s])?e[s].flat(1/0):[e[s]];for(let t=0,e=a.length;t<e;t++){const e=a[t];if("string"==typeof e)i(e,n);else if("number"==typeof e)n[0]+=e;else{if("boolean"==typeof e||null==e)continue;if("object"==typeof e&&e.isEscaped)if(e.callbacks)n.unshift("",e);else{const t=e.toString();t instanceof Promise?n.unshift("",t):n[0]+=t}else e instanceof Promise?n.unshift("",e):i(e.toString(),n)}}}return n[0]+=t.at(-1),1===n.length?r("callbacks"in n?(t=>{const e=t.callbacks;if(!e?.length)return t;const n=[t],s={};return e.forEach(t=>t({phase:a,buffer:n,context:s})),n[0]})(r(n[0],n.callbacks)):n[0]):(async(t,e)=>{let n="";e||=[];const s=await Promise.all(t);for(let t=s.length-1;n+=s[t],t--,!(t<0);t--){let a=s[t];if(null==a||"boolean"==typeof a)continue;if("number"==typeof a){n+=a;continue}"object"==typeof a&&e.push(...a.callbacks||[]);const r=a.isEscaped;if(a=await("object"==typeof a?a.toString():a),"object"==typeof a&&e.push(...a.callbacks||[]),a.isEscaped??r)n+=a;else{const t=[n];i(a,t),n=t[0]}}return r(n,e)})(n,n.callbacks)};var c=n(6857);const d=16e3,u=/\n +/g,f=t=>r(t),p=new WeakMap;function h(t,...e){let n=p.get(t);if(void 0===n){const e=t.map(t=>t.replace(u,""));n=Object.assign(e,{raw:e}),p.set(t,n)}return l(n,...e.map($))}function $(t){return"string"==typeof t?(0,c.pj)(t,d):Array.isArray(t)?t.map($):t}var g=n(2044);const m={pass:"M6 12.5l4 4 8-9",info:"M12 6.5v.1M12 11v6.5",warn:"M12 6.5V13M12 17.4v.1",fail:"M7.5 7.5l9 9m0-9l-9 9",skip:"M7 12h10"};function b(t){return h`<span class="badge ${t}"><span aria-hidden="true">${g.SV[t]}</span> ${t}</span>`}function y(t){return h`${t.split(/(`[^`]+`)/).map((t,e)=>e%2==1?h`<code>${t.slice(1,-1)}</code>`:t)}`}function v(t){return h`<pre class="commands">${t.map(t=>h`<code>${t}\n</code>`)}</pre>`}function w(t,e){return/^https:\/\/[^\s/]/.test(t)?h`<a href="${t}">${e}</a>`:h`<span>${e}</span>`}function M(t,e){return null===e||!1===e?null:h`
    <div>
      <dt>${t}</dt>
      <dd>${e}</dd>
    </div>`}function x(t){return h`<time datetime="${t}">${(0,g.fU)(t)}</time>`}function S(t){return h`<time>${t.slice(0,10)}</time>`}function k(t,e,n=`${e}s`){return`${A(t)} ${1===t?e:n}`}function A(t){return String(t).replace(/\B(?=(?:\d{3})+$)/g," ")}var j=n(407);function L(t,{place:e,said:n,elsewhere:s}){const{code:a,status:r,title:o,message:i,impact:l,evidence:c,verify:d,docs:u,ignored:f}=t;return h`
    <section class="finding">
      <h4>${b(r)} ${o} <code>${a}</code>${f&&h`<span class="faint"> (ignored)</span>`}</h4>
      ${!n&&h`<p>${y(i)}</p>`}
      <h5>Seen</h5>
      <pre><code>${c}</code></pre>
      ${null===s&&h`<p><strong>Why it matters:</strong> ${l}</p>`}
      ${null===s?function(t,e){const{causes:n}=t,{here:s,elsewhere:a}=(0,g.gb)(t,e);return h`
    <h5>${1===n.length?"Likely cause":"Likely causes, the likeliest first"}</h5>
    <ol>${n.slice(0,g.qj).map(t=>h`<li>${y(t)}</li>`)}</ol>
    ${C(n)}
    <h5>What to do</h5>
    ${T(s)}
    ${C(s)}
    ${a.length>0&&(r=a,h`
    <details class="others">
      <summary>On other kinds of runner</summary>
      ${T(r)}
    </details>`)}`;var r}(t,e):function(t){return"nowhere"===t?h`<p>Causes and remedies are in the JSON report.</p>`:h`<p>Causes and remedies are those of <a href="#${t.id}">${t.label}</a>.</p>`}(s)}
      <h5>To check the fix</h5>
      ${v([d])}
      ${(null===s||"nowhere"===s)&&h`<p>${w(u,h`More about <code>${a}</code>`)}</p>`}
    </section>`}function C(t){return t.length>g.qj?h`<p>${A(t.length-g.qj)} more in the JSON report.</p>`:null}function T(t){return h`<ul class="remedies">${t.slice(0,g.qj).map(N)}</ul>`}function N(t){const{text:e,commands:n}=t,s=(0,g.fW)(t);return h`
    <li>
      <p>${""!==s&&h`<strong>${s}: </strong>`}${y(e)}</p>
      ${n.length>0&&v(n)}
    </li>`}const W=5;function E(t){return"brief"===t||"row"===t}var F=n(7763);const O={resolve:"resolve",connect:"connect",greeting:"greeting, EHLO",tls:"TLS",auth:"AUTH",envelope:"MAIL, RCPT",quit:"QUIT"};function U(t,e){return h`
    <table class="steps">
      <caption>Where the time went</caption>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col">Time</th>
          <th scope="col">${D(e)}</th>
        </tr>
      </thead>
      <tbody>${t.map(t=>function(t,e){const{status:n,tookMs:s,because:a}=t,r="skipped"===n;return h`
    <tr class="${n}">
      <th scope="row">${F.U[t.step].label}</th>
      <td>${r?"\u2013":(0,j.W2)(s)}</td>
      <td>
        ${r&&h`<span class="faint">skipped${a&&`: ${a}`}</span>`}
        ${!r&&h`<svg class="strip" aria-hidden="true">${q(t,e)}</svg>`}
        ${"failed"===n&&h`<span class="because">&cross; ${a??"failed"}</span>`}
      </td>
    </tr>`}(t,e))}</tbody>
    </table>`}function q({step:t,startMs:e,tookMs:n,status:s},{endMs:a}){const r=Math.min(99,e/a*100),o=Math.max(.5,n/a*100);return h`<rect class="k-${"failed"===s?"failed":F.U[t].kind}" x="${B(r)}" width="${B(o)}" />`}function D({endMs:t,markMs:e}){const n=Array.from({length:Math.floor(t/e)+1},(t,n)=>n*e);return h`
    <svg class="axis" role="img">
      <title>Scale: 0 to ${(0,j.W2)(t)}</title>
      ${n.map(e=>function(t,e){const n=B(100*e);return h`
    <line x1="${n}" x2="${n}" y1="75%" y2="100%" />
    <text x="${n}" class="${0===e?"first":e>.9?"last":""}">${function(t){return 0===t?"0":t<1?`${Number(t.toFixed(2))} ms`:(0,j.W2)(t)}(t)}</text>`}(e,e/t))}
    </svg>`}function J([t,e]){return h`<li><svg aria-hidden="true"><rect class="k-${t}" width="100%" /></svg>${e}</li>`}function V({step:t,status:e,tookMs:n,because:s}){const a=F.U[t].label;return"failed"===e?`${a} failed after ${(0,j.W2)(n)} (${s})`:`${a} ${(0,j.W2)(n)}`}function B(t){return`${Number(t.toFixed(1))}%`}const R=200;function z({from:t,atMs:e,text:n}){return h`
    <tr class="${t}">
      <td>${Math.round(e)} ms</td>
      <td>${t}</td>
      <td><code>${n}</code></td>
    </tr>`}function I(t,e,{scale:n,place:s,explainedAt:a}){const{target:r,id:o,detail:i,open:l}=t,{status:c,findings:d,steps:u,message:f,transcript:p}=r,$=[...new Set(d.map(({code:t})=>t))].join(" "),m="row"===i?d.slice(0,W):d,v=d.length-m.length,w=m.map(t=>L(t,{place:s,said:f.startsWith(t.message),elsewhere:E(i)?a.get(t.code)??"nowhere":null}));return h`
    <details class="target" id="${o}" data-status="${c}" data-codes="${$}"${l&&" open"}>
      <summary>
        ${b(c)}
        <span class="name"><h3>${r.target.label}</h3>${function({code:t,findings:e,latencyMs:n}){const s=e.find(e=>e.code===t)??e[0];if(!s)return h`<span class="essence faint">${null===n?"passes":"greets as it should"}</span>`;const a=e.length>1&&` and ${e.length-1} more`;return h`<span class="essence">${s.title} <code>${s.code}</code>${a}</span>`}(r)}</span>
        ${u.length>0&&function(t,e){const n=t.filter(({status:t})=>"skipped"!==t);return h`
    <svg class="strip" role="img">
      <title>Where the time went</title>
      <desc>${n.map(V).join(", ")}</desc>
      ${n.map(t=>q(t,e))}
    </svg>`}(u,n)}
        ${function({latencyMs:t}){return null===t?h`<span class="latency"><span class="hidden">no greeting</span><span aria-hidden="true">&ndash;</span></span>`:h`<span class="latency"><span class="hidden">greeted after </span>${(0,j.W2)(t)}</span>`}(r)}
      </summary>
      <div class="body">
        ${!e&&h`<p class="message">${y(f)}</p>`}
        ${w}
        ${v>0&&h`<p>${k(v,"more finding")} in the JSON report.</p>`}
        ${function({target:t,...e},n){const{address:s,addresses:a,banner:r,latencyMs:o,tls:i,capabilities:l,attempts:c,durationMs:d}=e,u=a.filter(({outcome:t})=>"connected"!==t),f=l??[];return h`
    <dl class="facts">
      ${M("Address",s&&s!==t.host&&h`<code>${s}</code>`)}
      ${M("Not connected",u.length>0&&u.map(P))}
      ${M("Greeting",r&&h`<code>${r}</code>`)}
      ${M("Time to greeting",!n&&null!==o&&(0,j.W2)(o))}
      ${M("TLS",i&&`${i.protocol}, ${i.cipher}, ${(0,g.A2)(i.authorized)}`)}
      ${M("Certificate",i&&function({subject:t,issuer:e,validFrom:n,validTo:s,daysLeft:a}){const r=h`${H(n)} to ${H(s)} (${Z(a)})`;return h`<code>${t}</code> by <code>${e}</code>, ${r}`}(i))}
      ${M("Offers",f.length>0&&f.map(t=>h`<code>${t}</code> `))}
      ${M("Attempts",1!==c&&`${c} in ${(0,j.W2)(d)}`)}
    </dl>`}(r,E(i))}
        ${!E(i)&&u.length>0&&U(u,n)}
        ${"whole"===i&&p.length>0&&function(t){const e=t.length-R;return h`
    <details>
      <summary>The conversation (${k(t.length,"line")})</summary>
      <table class="transcript">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">From</th>
            <th scope="col">Line</th>
          </tr>
        </thead>
        <tbody>${t.slice(0,R).map(z)}</tbody>
      </table>
      ${e>0&&h`<p class="faint">${k(e,"more line")} in the JSON report.</p>`}
    </details>`}(p)}
      </div>
    </details>`}function P({address:t,outcome:e,errno:n,tookMs:s}){return h`<span class="line"><code>${t}</code> ${n??e} after ${(0,j.W2)(s)}</span>`}function H(t){return null===t?"(unreadable)":S(t)}function Z(t){return null===t?"unknown":t>=0?`${k(t,"day")} left`:-1===t?"expired today":`expired ${k(-t-1,"day")} ago`}const _=864e5,G=400*_,K=800*_,Q=30,Y=21,X=120;function tt(t){const e=function({targets:t}){const e=new Map;for(const{tls:n,target:s}of t){if(null===n||null===n.validFrom||null===n.validTo||null===n.daysLeft)continue;const{validFrom:t,validTo:a,daysLeft:r}=n,o=JSON.stringify([n.subject,n.issuer,n.validFrom,n.validTo]),i=e.get(o);if(i)i.labels.push(s.label);else{const i={from:Date.parse(t),to:Date.parse(a)};e.set(o,{tls:{...n,validFrom:t,validTo:a,daysLeft:r},...i,labels:[s.label]})}}return[...e.values()].filter(({from:t,to:e})=>Number.isFinite(t)&&Number.isFinite(e)).sort((t,e)=>t.to-e.to)}(t);if(0===e.length)return null;const n=Date.parse(t.startedAt),s=function(t,e){const n=Math.max(e-G,Math.min(e,...t.map(t=>t.from))),s=Math.min(e+K,Math.max(e+_,...t.map(t=>t.to)));return{from:n,to:s,at:t=>Math.min(100,Math.max(0,(t-n)/(s-n)*100))}}(e,n),a=e.length-Q;return h`
    <section aria-labelledby="certificates">
      <h2 id="certificates">Certificates</h2>
      <table class="certificates">
        <thead>
          <tr>
            <th scope="col">Certificate</th>
            <th scope="col"><span class="hidden">Validity</span>${function(t,e){const n=new Date(t.from).getUTCFullYear()+1,s=Array.from({length:4},(t,e)=>n+e).filter(e=>Date.UTC(e)<t.to),a=t.at(e);return h`
    <svg class="axis" aria-hidden="true">
      ${s.map(e=>function(t,e,n){const s=h`<text x="${B(e)}" class="${e>90?"year last":"year"}">${t}</text>`;return h`<line x1="${B(e)}" x2="${B(e)}" y1="75%" y2="100%" />${Math.abs(e-n)>16&&s}`}(e,t.at(Date.UTC(e)),a))}
      <line x1="${B(a)}" x2="${B(a)}" y1="75%" y2="100%" />
      <text class="today ${a<10?"first":a>90?"last":""}" x="${B(a)}">today</text>
    </svg>`}(s,n)}</th>
            <th scope="col">Left</th>
          </tr>
        </thead>
        <tbody>${e.slice(0,Q).map(t=>function({tls:t,from:e,to:n,labels:s},a,r){const{subject:o,issuer:i,validFrom:l,validTo:d,daysLeft:u}=t,[f="",...p]=s,$=u<0?"fail":u<Y?"warn":"pass",[g,m,b]=[a.at(e),a.at(n),B(a.at(r))];return h`
    <tr>
      <th scope="row">
        ${(0,c.pj)(o,X)}
        <span class="faint line">by ${(0,c.pj)(i,X)}</span>
        <span class="faint line">${f}${p.length>0&&` and ${k(p.length,"more target")}`}</span>
      </th>
      <td>
        <svg class="validity" role="img">
          <title>Validity</title>
          <desc>${l.slice(0,10)} to ${d.slice(0,10)}, ${Z(u)}</desc>
          <rect class="${$}" x="${B(g)}" width="${B(Math.max(.5,m-g))}" />
          <line x1="${b}" x2="${b}" y2="100%" />
        </svg>
        <span class="dates">${S(l)} &ndash; ${S(d)}</span>
      </td>
      <td class="left ${$}">${Z(u)}</td>
    </tr>`}(t,s,n))}</tbody>
      </table>
      ${a>0&&h`<p class="faint">${k(a,"more certificate")}, which last longer, in the JSON report.</p>`}
    </section>`}function et(t,e){const n={};for(const{target:e}of t)n[e.status]=(n[e.status]??0)+1;return h`
    <search id="search" aria-label="Filter the targets" hidden>
      <form id="filters" class="filters">
        <fieldset>
          <legend>Status</legend>
          ${(0,g.N4)(n).map(([t,e])=>function(t,e){return h`
    <label>
      <input type="checkbox" name="status" value="${t}" />
      ${b(t)} ${A(e)}
    </label>`}(t,e))}
        </fieldset>
        ${e.length>0&&function(t){return h`
    <label class="field">
      <span>Code</span>
      <select name="code">
        <option value="">any</option>
        ${t.map(({code:t,times:e})=>h`<option value="${t}">${t} (${A(e)})</option>`)}
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
        <p id="shown" class="shown" role="status">${k(t.length,"target")}</p>
      </form>
    </search>`}function nt({targets:t}){const e=new Map;for(const{findings:n}of t)for(const{code:t,status:s,title:a}of new Map(n.map(t=>[t.code,t])).values()){const n=(e.get(t)?.times??0)+1;e.set(t,{status:s,title:a,...e.get(t),code:t,times:n})}return[...e.values()].sort((t,e)=>e.times-t.times)}function st(t,e){return 0===t.length?null:h`
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
        <tbody>${t.map(t=>function({code:t,status:e,title:n,times:s},a){return h`
    <tr>
      <td>${b(e)}</td>
      <th scope="row">
        ${a?h`<a href="#${a.id}">${n}</a>`:h`<span>${n}</span>`} <code>${t}</code>
      </th>
      <td class="number">${A(s)}</td>
    </tr>`}(t,e.explainedAt.get(t.code)))}</tbody>
      </table>
    </section>`}const at=50,rt=8,ot=3,it=84e4,lt=8e4,ct=5;function dt({targets:t,place:e},n=0){const s=it-n,a=function(t){const e=Math.max(1,(0,g.M2)(t)),n=10**Math.floor(Math.log10(e/5)),s=[1,2,5,10].map(t=>t*n).find(t=>e/t<=5)??e;return{endMs:e,markMs:s}}(t),r=t.map((e,n)=>function(t,e,n,s){return{target:t,id:`t${e+1}`,detail:n,open:1===s||s<=ct&&t.findings.length>0}}(e,n,"whole",t.length)),o=(t,n)=>Buffer.byteLength(String(I(t,!1,{scale:a,place:e,explainedAt:n})));if(t.length<=at){const e=ft(r);if(JSON.stringify(t).length*rt<=s||r.reduce((t,n)=>t+o(n,e),0)<=s)return{shown:r,scale:a,explainedAt:e,omitted:new Map}}return function(t,e,n,s){const a=ft(ut(t)),r=new Map,o=new Map;let i=s;for(const e of function(t,e){const n=new Set,[s,a]=[[],[]];for(const r of t){const t=e(r);(n.has(t)?a:s).push(r),n.add(t)}return[...s,...a]}(t,({target:t})=>t.code)){const t=e.target.findings.length>W?"row":"brief",s=n({...e,detail:t},a);if(i-s<lt)break;i-=s,r.set(e.id,s),o.set(e.id,t)}const l=t.flatMap(t=>{const e=o.get(t.id);return void 0===e?[]:[{...t,detail:e}]}),c=(t,e)=>{const s={...l[t],detail:e},o=n(s,a),c=o-(r.get(s.id)??0);c>i||(i-=c,l[t]=s,r.set(s.id,o))};for(const[t,{detail:e}]of l.entries())"row"===e&&c(t,"brief");const d=new Set(ut(l).map(({id:t})=>t));for(const[t,{id:e}]of l.entries())d.has(e)&&c(t,"explained");for(const[t,{detail:e,target:n}]of l.entries())"explained"!==e&&0!==n.findings.length||c(t,"whole");const u=new Map;for(const{id:e,target:n}of t)r.has(e)||u.set(n.status,(u.get(n.status)??0)+1);return{shown:l,scale:e,explainedAt:ft(l),omitted:u}}(r,a,o,s)}function ut(t){const e=new Map;return t.filter(({target:t})=>{const n=t.findings.some(({code:t})=>(e.get(t)??0)<ot);if(n)for(const{code:n}of t.findings)e.set(n,(e.get(n)??0)+1);return n})}function ft(t){const e=new Map;for(const{target:n,id:s,detail:a}of t)if(!E(a))for(const{code:t}of n.findings)e.has(t)||e.set(t,{id:s,label:n.target.label});return e}var pt=n(3024);const ht=()=>(0,pt.readFileSync)(n.ab+"page.css","utf8");var $t=n(9468);const gt=21,[mt,bt]=[200,40];function yt({runs:t,since:e,targets:n,omitted:s},a){return h`
    <section aria-labelledby="trend">
      <h2 id="trend">Trend</h2>
      <p class="faint">${k(t,"run")} since ${x(e)}</p>
      ${n.map(t=>function(t,e,n){const{label:s,points:a,runs:r,latencyMs:o,daysLeft:i}=t,[l]=a,c=Math.max(...a.map(t=>t.runs)),d={name:"Time to greeting",spread:o,say:j.W2,colour:()=>"speed"},u={name:"Certificate",spread:i,say:Z,colour:vt},f=c>1?`; each step stands for up to ${c}`:"";return h`
    <div class="trend">
      ${!n&&h`<h3>${s}</h3>`}
      <p class="streak">${p=(0,$t.y1)(t),`${p.charAt(0).toUpperCase()}${p.slice(1)}.`}</p>
      <div class="charts">
        ${function(t){const{points:e,runs:n,failed:s}=t,a=mt/Math.max(1,e.length),r=e.length>50?a:.8*a,o=(t,n)=>e.map((e,s)=>n(e)?`M${xt(s*a)} ${bt}v-${t}h${xt(r)}v${t}`:"").join("");return h`
    <figure class="chart">
      <figcaption>
        <span class="faint">Uptime</span> <strong>${(0,$t.SS)(t)}</strong>
        <span class="faint range">${0===s?"no failure":k(s,"failure")}</span>
      </figcaption>
      <svg viewBox="0 0 ${mt} ${bt}" preserveAspectRatio="none" role="img">
        <title>Uptime</title>
        <desc>${function({points:t}){const e=t.filter(({failed:t})=>t>0);if(0===e.length)return"No run failed.";const n=e.slice(-wt).map(({when:t,failed:e})=>`${(0,g.fU)(t)}${e>1?` (${e})`:""}`);return`${e.length>wt?"The last failures":"Failures"}: ${n.join(", ")}.`}(t)}</desc>
        <path class="up" d="${o(bt/2,t=>0===t.failed)}" />
        <path class="partly" d="${o(.75*bt,t=>t.failed>0&&t.failed<t.runs)}" />
        <path class="down" d="${o(bt,t=>t.failed===t.runs)}" />
      </svg>
      <span class="hidden">${A(n-s)} of ${k(n,"run")} did not fail</span>
    </figure>`}(t)}
        ${Mt(d,a.map(t=>t.latencyMs),(0,$t.DJ)(o,j.W2))}
        ${Mt(u,a.map(t=>t.daysLeft),(0,$t.DJ)(i,String))}
      </div>
      ${l&&h`<p class="faint span">${S(l.when)} to ${S(e)}, ${k(r,"run")}, left to right${f}</p>`}
    </div>`;var p}(t,a,1===n.length))}
      ${s>0&&h`<p class="faint">${k(s,"more target")}, which failed no more often, only in the history itself.</p>`}
    </section>`}function vt(t){return t<0?"down":t<gt?"partly":"up"}const wt=5;function Mt({name:t,spread:e,say:n,colour:s},a,r){if(null===e)return null;const{last:o}=e,i=a.filter(t=>null!==t),{line:l,area:c}=function(t,e,n){const s=mt/t.length,a=t=>xt(bt-2-(t-e)/(n-e)*(bt-4));let[r,o,i]=["","",""];for(const[e,n]of t.entries()){if(null===n){""!==i&&(o+=`V${bt}z`),i="";continue}const t=`${xt(e*s)} ${a(n)}`;r+=`${""===i?`M${t}`:`V${a(n)}`}h${xt(s)}`,o+=`${""===i?`M${xt(e*s)} ${bt}V${a(n)}`:`V${a(n)}`}h${xt(s)}`,i=t}return{line:r,area:""===i?o:`${o}V${bt}z`}}(a,Math.min(0,...i),Math.max(1,...i));return h`
    <figure class="chart">
      <figcaption>
        <span class="faint">${t}</span> <strong>${n(o)}</strong>
        <span class="faint range">${r}</span>
      </figcaption>
      <svg viewBox="0 0 ${mt} ${bt}" preserveAspectRatio="none" role="img">
        <title>${t}</title>
        <desc>At last ${n(o)}${""!==r&&`; ${r} in all`}.</desc>
        <path class="area ${s(o)}" d="${c}" />
        <path class="curve ${s(o)}" d="${l}" />
      </svg>
    </figure>`}function xt(t){return String(Number(t.toFixed(2)))}var St=n(26);function kt({status:t,message:e,startedAt:n,totals:s},a){return h`
    <header class="verdict ${t}">
      <div class="width">
        <p class="brand"><strong>smtp-gate</strong> ${x(n)}</p>
        <h1>
          ${function(t){return h`
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="10.5" />
      <path d="${m[t]}" />
    </svg>`}(t)}
          <span><span class="hidden">${t}: </span>${a}</span>
        </h1>
        <p class="lead">${y(e.replace(At,s.fail>1?"The first of them: ":""))}</p>
      </div>
    </header>`}const At=/^\d+ of \d+ targets cannot be used: /;function jt(t){const{report:e,failOn:n}=t,{targets:s,fail:a,warn:r,info:o,skip:i}=e.totals,l=a>0||!(0,g.DS)(e)&&o+i===0&&!(0,St.VC)(e,n);if(s<=1||!l)return(c=(0,g.Pl)(t)).charAt(0).toUpperCase()+c.slice(1);var c;const d=k(s,"mail server");if(a===s)return`None of ${d} can be used`;if("fail"===e.status)return`${A(a)} of ${d} cannot be used`;if(a>0)return`Enough mail servers can be used: ${A(s-a)} of ${A(s)}`;return`All ${d} can be used${r>0?`, ${A(r)} with a warning`:""}`}function Lt({runner:t,run:e,durationMs:n,totals:s}){const a=[Ct[t.environment]??t.environment,t.os,...t.kubernetes?["in Kubernetes"]:t.container?["in a container"]:[]];return h`
    <section aria-labelledby="circumstances">
      <h2 id="circumstances" class="hidden">When and where</h2>
      <dl class="facts circumstances">
        ${M("Targets",s.targets>1&&function(t){const e=(0,g.N4)(t).map(([t,e])=>`${A(e)} ${t}`);return`${A(t.targets)}: ${e.join(", ")}`}(s))}
        ${M("Took",(0,j.W2)(n))}
        ${M("Runner",a.join(", "))}
        ${e&&function({url:t,repository:e,workflow:n,runId:s,attempt:a,sha:r,ref:o,event:i}){const l=`${e}, ${n} ${s}${a>1?` (attempt ${a})`:""}`,c=o.replace(/^refs\/(?:heads|tags)\//,"");return h`
    ${M("Run",w(t,h`${l}`))}
    ${M("Commit",h`<code>${[...r].slice(0,9)}</code> ${c} (${i})`)}`}(e)}
      </dl>
    </section>`}const Ct={"github-hosted":"GitHub-hosted","self-hosted":"self-hosted",local:"local machine"};const Tt=300;function Nt(t){const e=function({trend:t,startedAt:e}){return t&&t.runs>1?yt(t,e):null}(t.report),n=dt(t,null===e?0:Buffer.byteLength(String(e)));return`${function({report:t,place:e},{sentence:n,contents:a,trend:r}){const o=Array.from({length:4},()=>Math.random().toString(36).slice(2)).join(""),i=t.findings.length>0&&function({findings:t,message:e},n){const s=t.map(t=>L(t,{place:n,said:e===t.message,elsewhere:null}));return h`
    <section aria-labelledby="own" class="own">
      <h2 id="own">What was found</h2>
      ${s}
    </section>`}(t,e);return h`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${function(t){const e=`'nonce-${t}'`;return`default-src 'none'; style-src ${e}; script-src ${e}; base-uri 'none'; form-action 'none'`}(o)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="generator" content="${s.y.name} ${s.y.version}" />
        <title>${g.SV[t.status]} ${n} &ndash; smtp-gate</title>
        <style nonce="${o}">${f(ht())}</style>
      </head>
      <body>
        <a class="skip-link" href="#main">Skip to the report</a>
        ${kt(t,n)}
        <main id="main" class="width" tabindex="-1">
          ${Lt(t)}
          ${i}
          ${t.targets.length>1&&st(nt(t),a)}
          ${t.targets.length>0&&function({targets:t,message:e},n,s){const{shown:a,scale:r,explainedAt:o}=s,i=a.length>1,l=a.map(t=>I(t,t.target.message===e,{scale:r,place:n,explainedAt:o}));return h`
    <section aria-labelledby="targets">
      <h2 id="targets">${i?"Targets":"The target"}</h2>
      ${i&&et(a,nt({targets:a.map(({target:t})=>t)}))}
      ${function({shown:t,omitted:e}){const n=t.filter(({detail:t,target:e})=>"whole"!==t&&e.transcript.length>0).length,s=t.filter(({detail:t,target:e})=>E(t)&&e.findings.length>0).length,a=t.filter(({detail:t,target:e})=>"row"===t&&e.findings.length>W).length,r=(0,g.N4)(Object.fromEntries(e)),o=r.reduce((t,[,e])=>t+e,0),i=[...n>0?[`the conversations of ${k(n,"target")}`]:[],...s>0?[`causes and remedies that repeat, of ${k(s,"target")}`]:[],...a>0?[`more than ${W} findings of ${k(a,"target")}`]:[],...o>0?[`${k(o,"target")} (${r.map(([t,e])=>`${A(e)} ${t}`).join(", ")})`]:[]];if(0===i.length)return null;return h`
    <p class="left-out">
      <strong>Left out to keep this page small:</strong> ${i.join("; ")}. Everything is in the JSON report.
    </p>`}(s)}
      <div class="ruler" aria-hidden="true">
        ${function(t){const e=new Set(t.flatMap(({steps:t})=>t.map(({step:t})=>F.U[t].kind))),n=t.some(({steps:t})=>t.some(({status:t})=>"failed"===t)),s=Object.entries(O).filter(([t])=>e.has(t));return n&&s.push(["failed","failed"]),h`<ul class="legend" aria-label="Colours of the bars">${s.map(J)}</ul>`}(t)}
        ${D(r)}
        <span class="to-greeting">greeting</span>
      </div>
      <div class="targets">${l}</div>
      <p id="nothing" hidden>No target is like that.</p>
    </section>`}(t,e,a)}
          ${r}
          ${tt(t)}
          ${function(t){if(0===t.length)return null;const e=t.length-g.qj;return h`
    <section aria-labelledby="notes">
      <h2 id="notes">Notes</h2>
      <ul>
        ${t.slice(0,g.qj).map(t=>h`<li>${y((0,c.pj)(t,Tt))}</li>`)}
        ${e>0&&h`<li>${k(e,"more note")} in the JSON report.</li>`}
      </ul>
    </section>`}(t.notes)}
        </main>
        <footer class="width">
          Written by ${s.y.name} ${s.y.version}. The JSON report holds everything that was seen.
        </footer>
        <p id="announcement" class="hidden" role="status"></p>
        <script nonce="${o}">${f(Wt)}</script>
      </body>
    </html>`}(t,{sentence:jt(t),contents:n,trend:e})}\n`}const Wt=`(${function(){const t=t=>document.getElementById(t),e=[...document.querySelectorAll("details.target")],n=t("announcement");function s(t){const e=document.createElement("button");e.type="button",e.className="copy",e.textContent="Copy";const s=[...t.querySelectorAll("code")].map(t=>(t.textContent??"").trimEnd()).join("\n"),a=t=>{e.textContent=t,n&&(n.textContent=t),setTimeout(()=>{e.textContent="Copy",n&&(n.textContent="")},2e3)};e.addEventListener("click",async()=>{try{await navigator.clipboard.writeText(s),a("Copied")}catch{getSelection()?.selectAllChildren(t),a("Selected")}});const r=document.createElement("div");r.className="copyable",t.replaceWith(r),r.append(t,e)}function a(){const e=t(location.hash.slice(1));e?.matches("details.target")&&(e.hidden&&t("filters")?.reset(),e.hidden=!1,e.open=!0,e.scrollIntoView(),e.querySelector("summary")?.focus({preventScroll:!0}))}let r=[];addEventListener("beforeprint",()=>{r=[...document.querySelectorAll("details:not([open])")];for(const t of r)t.open=!0}),addEventListener("afterprint",()=>{for(const t of r)t.open=!1;r=[]});const o=t("filters");o&&function(n){let s;const a=t=>[...t.querySelectorAll("h3, .essence, .message, .finding h4, .finding > p, .finding > pre, .facts dd")].map(t=>t.textContent).join(" ").toLowerCase();function r(){const r=new FormData(n),o=r.getAll("status"),i=r.get("code")||"",l=String(r.get("text")).toLowerCase().split(/\s+/).filter(Boolean);l.length>0&&(s??=e.map(a));let c=0;e.forEach((t,e)=>{const{status:n="",codes:a=""}=t.dataset,r=(0===o.length||o.includes(n))&&(""===i||a.split(" ").includes(String(i)))&&l.every(t=>s?.[e]?.includes(t));t.hidden===r&&(t.hidden=!r),r&&c++});const d=t("shown"),u=`${e.length} ${1===e.length?"target":"targets"}`;d&&(d.textContent=c===e.length?u:`${c} of ${u}`);const f=t("nothing");f&&(f.hidden=c>0)}const o=t=>{for(const n of e)n.hidden||(n.open=t)};n.addEventListener("input",r),n.addEventListener("submit",t=>t.preventDefault()),n.addEventListener("reset",()=>setTimeout(r)),t("open-all")?.addEventListener("click",()=>o(!0)),t("close-all")?.addEventListener("click",()=>o(!1));const i=t("search");i&&(i.hidden=!1),r()}(o);for(const t of document.querySelectorAll("pre.commands"))s(t);addEventListener("hashchange",a),a()}})();`},9468:(t,e,n)=>{n.d(e,{DJ:()=>m,SS:()=>p,og:()=>d,y1:()=>h});var s=n(2994),a=n(407),r=n(7740),o=n(2044);const i=50,l="\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588",c="\xb7";function d({report:{trend:t,targets:e}},n){if(null===t||t.runs<2||0===n)return[];const s=t.targets.slice(0,n),a=t.targets.length+t.omitted-s.length,i=e.length>1;return[...i?["---"]:[],`**Trend** over ${t.runs} runs since ${(0,o.fU)(t.since)}`,...s.map(t=>(0,r.h0)([...i?[t.label]:[],...u(t)])),...a>0?[`_The trends of ${a} more targets, which hold as often or more often, are not shown._`]:[]]}function u(t){const{runs:e,failed:n,points:r}=t,l=(0,s.Os)(r,i),[c,d]=[t.latencyMs,t.daysLeft];return[f("uptime",p(t),l.map(g).join(""),`${e-n} of ${e} runs`),...null===c?[]:[f("greeting",(0,a.W2)(c.last),b(l.map(t=>t.latencyMs)),m(c,a.W2))],...null===d?[]:[f("certificate",(0,o.n1)(d.last),b(l.map(t=>t.daysLeft)),m(d,String))],`  ${h(t)}`]}function f(t,e,n,s){return`  ${t.padEnd(11)}  ${e.padStart(9)}  ${n}  ${s}`}function p({failed:t,uptime:e}){return 0===t?"100 %":`${Number((Math.floor(1e3*e)/10).toFixed(1))} %`}function h({streak:t,lastFailure:e,runs:n}){const s=`since ${(0,o.fU)(t.since)}`;if(t.failing)return`fails ${s}, in ${$(t.runs,n)} (${e?.code})`;if(null===e)return`no failure in ${$(t.runs,n)}, ${s}`;const{when:a,code:r}=e;return`last failure ${(0,o.fU)(a)} (${r}), none in ${$(t.runs,n)} since`}function $(t,e){return t===e?1===e?"its only run":`all ${e} runs`:1===t?"1 run":`${t} runs`}function g({runs:t,failed:e}){return 0===e?"\u2588":e<t?"\u2584":"\u2581"}function m(t,e){return null===t||t.least===t.most?"":`${e(t.least)} to ${e(t.most)}`}function b(t){const e=t.filter(t=>null!==t),[n,s]=[Math.min(0,...e),Math.max(1,...e)];return t.map(t=>null===t?c:l[(t=>Math.min(l.length-1,Math.floor((t-n)/(s-n)*l.length)))(t)]).join("")}}};
