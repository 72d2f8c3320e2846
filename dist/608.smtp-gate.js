"use strict";exports.id=608,exports.ids=[608],exports.modules={729:(t,e,n)=>{n.d(e,{q:()=>h,O:()=>u});const s=1,a=(t,e)=>{const n=new String(t);return n.isEscaped=!0,n.callbacks=e,n},r=/[&<>'"]/,o=(t,e)=>{const n=t.search(r);if(-1===n)return void(e[0]+=t);let s,a,o=0;for(a=n;a<t.length;a++){switch(t.charCodeAt(a)){case 34:s="&quot;";break;case 39:s="&#39;";break;case 38:s="&amp;";break;case 60:s="&lt;";break;case 62:s="&gt;";break;default:continue}e[0]+=t.substring(o,a)+s,o=a+1}e[0]+=t.substring(o,a)},i=(t,...e)=>{const n=[""];for(let s=0,a=t.length-1;s<a;s++){n[0]+=t[s];const a=Array.isArray(e[s])?e[s].flat(1/0):[e[s]];for(let t=0,e=a.length;t<e;t++){const e=a[t];if("string"==typeof e)o(e,n);else if("number"==typeof e)n[0]+=e;else{if("boolean"==typeof e||null==e)continue;if("object"==typeof e&&e.isEscaped)if(e.callbacks)n.unshift("",e);else{const t=e.toString();t instanceof Promise?n.unshift("",t):n[0]+=t}else e instanceof Promise?n.unshift("",e):o(e.toString(),n)}}}return n[0]+=t.at(-1),1===n.length?a("callbacks"in n?(t=>{const e=t.callbacks;if(!e?.length)return t;const n=[t],a={};return e.forEach(t=>t({phase:s,buffer:n,context:a})),n[0]})(a(n[0],n.callbacks)):n[0]):(async(t,e)=>{let n="";e||=[];const s=await Promise.all(t);for(let t=s.length-1;n+=s[t],t--,!(t<0);t--){let a=s[t];if(null==a||"boolean"==typeof a)continue;if("number"==typeof a){n+=a;continue}"object"==typeof a&&e.push(...a.callbacks||[]);const r=a.isEscaped;if(a=await("object"==typeof a?a.toString():a),"object"==typeof a&&e.push(...a.callbacks||[]),a.isEscaped??r)n+=a;else{const t=[n];o(a,t),n=t[0]}}return a(n,e)})(n,n.callbacks)};var l=n(6857);const c=16e3,d=/\n +/g,u=t=>a(t),f=new WeakMap;function h(t,...e){let n=f.get(t);if(void 0===n){const e=t.map(t=>t.replace(d,""));n=Object.assign(e,{raw:e}),f.set(t,n)}return i(n,...e.map(p))}function p(t){return"string"==typeof t?(0,l.pj)(t,c):Array.isArray(t)?t.map(p):t}},4375:(t,e,n)=>{n.d(e,{CS:()=>l,Gy:()=>o,U9:()=>p,Zm:()=>c,fK:()=>u,kB:()=>f,nf:()=>d,qS:()=>i,vd:()=>h,zD:()=>g});var s=n(729),a=n(1934);const r={pass:"M6 12.5l4 4 8-9",info:"M12 6.5v.1M12 11v6.5",warn:"M12 6.5V13M12 17.4v.1",fail:"M7.5 7.5l9 9m0-9l-9 9",skip:"M7 12h10"};function o(t){return s.q`
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="10.5" />
      <path d="${r[t]}" />
    </svg>`}function i(t){return s.q`<span class="badge ${t}"><span aria-hidden="true">${a.SV[t]}</span> ${t}</span>`}function l(t){const e=t.split(/(`[^`]+`)/);return s.q`${e.map((t,e)=>e%2==1?s.q`<code>${t.slice(1,-1)}</code>`:t)}`}function c(t){return s.q`<pre class="commands">${t.map(t=>s.q`<code>${t}\n</code>`)}</pre>`}function d(t,e){return/^https:\/\/[^\s/]/.test(t)?s.q`<a href="${t}">${e}</a>`:s.q`<span>${e}</span>`}function u(t,e){return null===e||!1===e?null:s.q`
    <div>
      <dt>${t}</dt>
      <dd>${e}</dd>
    </div>`}function f(t){return s.q`<time datetime="${t}">${t.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*Z$/,"$1 $2 UTC")}</time>`}function h(t){return s.q`<time>${t.slice(0,10)}</time>`}function p(t,e,n=`${e}s`){return`${g(t)} ${1===t?e:n}`}function g(t){return String(t).replace(/\B(?=(?:\d{3})+$)/g," ")}},5514:(t,e,n)=>{n.d(e,{B:()=>i});var s=n(729),a=n(5293),r=n(1934),o=n(4375);function i(t,{place:e,said:n,elsewhere:r}){const{code:i,status:d,title:u,message:f,impact:h,evidence:p,verify:g,docs:$,ignored:m}=t;return s.q`
    <section class="finding">
      <h4>${(0,o.qS)(d)} ${u} <code>${i}</code>${m&&s.q`<span class="faint"> (ignored)</span>`}</h4>
      ${!n&&s.q`<p>${(0,o.CS)(f)}</p>`}
      <h5>Seen</h5>
      <pre><code>${p}</code></pre>
      ${null===r&&s.q`<p><strong>Why it matters:</strong> ${h}</p>`}
      ${null===r?function({causes:t,remedies:e},n){const r=e.filter(({environment:t})=>t===n||"any"===t),i=e.filter(t=>!r.includes(t));return s.q`
    <h5>${1===t.length?"Likely cause":"Likely causes, the likeliest first"}</h5>
    <ol>${t.slice(0,a.q).map(t=>s.q`<li>${(0,o.CS)(t)}</li>`)}</ol>
    ${l(t)}
    <h5>What to do</h5>
    ${c(r)}
    ${l(r)}
    ${i.length>0&&function(t){return s.q`
    <details class="others">
      <summary>On other kinds of runner</summary>
      ${c(t)}
    </details>`}(i)}`}(t,e):function(t){return"nowhere"===t?s.q`<p>Causes and remedies are in the JSON report.</p>`:s.q`<p>Causes and remedies are those of <a href="#${t.id}">${t.label}</a>.</p>`}(r)}
      <h5>To check the fix</h5>
      ${(0,o.Zm)([g])}
      ${(null===r||"nowhere"===r)&&s.q`<p>${(0,o.nf)($,s.q`More about <code>${i}</code>`)}</p>`}
    </section>`}function l(t){return t.length>a.q?s.q`<p>${(0,o.zD)(t.length-a.q)} more in the JSON report.</p>`:null}function c(t){return s.q`<ul class="remedies">${t.slice(0,a.q).map(d)}</ul>`}function d({environment:t,text:e,commands:n}){return s.q`
    <li>
      <p>${"any"!==t&&s.q`<strong>${r.TI[t]}: </strong>`}${(0,o.CS)(e)}</p>
      ${n.length>0&&(0,o.Zm)(n)}
    </li>`}},8938:(t,e,n)=>{n.d(e,{S:()=>s,X:()=>a});const s=5;function a(t){return"brief"===t||"row"===t}},1608:(t,e,n)=>{n.r(e),n.d(e,{htmlReport:()=>P});var s=n(4918),a=n(9275),r=n(729),o=n(1934);var i=n(6857),l=n(4375),c=n(4992),d=n(3412);const u=864e5,f=400*u,h=800*u,p=30,g=21,$=120;function m(t){const e=function({targets:t}){const e=new Map;for(const{tls:n,target:s}of t){if(null===n||null===n.validFrom||null===n.validTo||null===n.daysLeft)continue;const{validFrom:t,validTo:a,daysLeft:r}=n,o=JSON.stringify([n.subject,n.issuer,n.validFrom,n.validTo]),i=e.get(o);if(i)i.labels.push(s.label);else{const i={from:Date.parse(t),to:Date.parse(a)};e.set(o,{tls:{...n,validFrom:t,validTo:a,daysLeft:r},...i,labels:[s.label]})}}return[...e.values()].filter(({from:t,to:e})=>Number.isFinite(t)&&Number.isFinite(e)).sort((t,e)=>t.to-e.to)}(t);if(0===e.length)return null;const n=Date.parse(t.startedAt),s=function(t,e){const n=Math.max(e-f,Math.min(e,...t.map(t=>t.from))),s=Math.min(e+h,Math.max(e+u,...t.map(t=>t.to)));return{from:n,to:s,at:t=>Math.min(100,Math.max(0,(t-n)/(s-n)*100))}}(e,n),a=e.length-p;return r.q`
    <section aria-labelledby="certificates">
      <h2 id="certificates">Certificates</h2>
      <table class="certificates">
        <thead>
          <tr>
            <th scope="col">Certificate</th>
            <th scope="col"><span class="hidden">Validity</span>${function(t,e){const n=new Date(t.from).getUTCFullYear()+1,s=Array.from({length:4},(t,e)=>n+e).filter(e=>Date.UTC(e)<t.to),a=t.at(e);return r.q`
    <svg class="axis" aria-hidden="true">
      ${s.map(e=>function(t,e,n){const s=r.q`<text x="${(0,d.KN)(e)}" class="${e>90?"year last":"year"}">${t}</text>`;return r.q`<line x1="${(0,d.KN)(e)}" x2="${(0,d.KN)(e)}" y1="75%" y2="100%" />${Math.abs(e-n)>16&&s}`}(e,t.at(Date.UTC(e)),a))}
      <line x1="${(0,d.KN)(a)}" x2="${(0,d.KN)(a)}" y1="75%" y2="100%" />
      <text class="today ${a<10?"first":a>90?"last":""}" x="${(0,d.KN)(a)}">today</text>
    </svg>`}(s,n)}</th>
            <th scope="col">Left</th>
          </tr>
        </thead>
        <tbody>${e.slice(0,p).map(t=>function({tls:t,from:e,to:n,labels:s},a,o){const{subject:u,issuer:f,validFrom:h,validTo:p,daysLeft:m}=t,[b="",...y]=s,v=m<0?"fail":m<g?"warn":"pass",[w,q,S]=[a.at(e),a.at(n),(0,d.KN)(a.at(o))];return r.q`
    <tr>
      <th scope="row">
        ${(0,i.pj)(u,$)}
        <span class="faint line">by ${(0,i.pj)(f,$)}</span>
        <span class="faint line">${b}${y.length>0&&` and ${(0,l.U9)(y.length,"more target")}`}</span>
      </th>
      <td>
        <svg class="validity" role="img">
          <title>Validity</title>
          <desc>${h.slice(0,10)} to ${p.slice(0,10)}, ${(0,c.X)(m)}</desc>
          <rect class="${v}" x="${(0,d.KN)(w)}" width="${(0,d.KN)(Math.max(.5,q-w))}" />
          <line x1="${S}" x2="${S}" y2="100%" />
        </svg>
        <span class="dates">${(0,l.vd)(h)} &ndash; ${(0,l.vd)(p)}</span>
      </td>
      <td class="left ${v}">${(0,c.X)(m)}</td>
    </tr>`}(t,s,n))}</tbody>
      </table>
      ${a>0&&r.q`<p class="faint">${(0,l.U9)(a,"more certificate")}, which last longer, in the JSON report.</p>`}
    </section>`}function b(t,e){const n=e=>t.filter(({target:t})=>t.status===e).length,a=[...s.f.toReversed(),"skip"];return r.q`
    <search id="search" aria-label="Filter the targets" hidden>
      <form id="filters" class="filters">
        <fieldset>
          <legend>Status</legend>
          ${a.filter(t=>n(t)>0).map(t=>function(t,e){return r.q`
    <label>
      <input type="checkbox" name="status" value="${t}" />
      ${(0,l.qS)(t)} ${(0,l.zD)(e)}
    </label>`}(t,n(t)))}
        </fieldset>
        ${e.length>0&&function(t){return r.q`
    <label class="field">
      <span>Code</span>
      <select name="code">
        <option value="">any</option>
        ${t.map(({code:t,times:e})=>r.q`<option value="${t}">${t} (${(0,l.zD)(e)})</option>`)}
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
        <p id="shown" class="shown" role="status">${(0,l.U9)(t.length,"target")}</p>
      </form>
    </search>`}var y=n(5514),v=n(8938);function w({targets:t}){const e=new Map;for(const{findings:n}of t)for(const{code:t,status:s,title:a}of new Map(n.map(t=>[t.code,t])).values()){const n=(e.get(t)?.times??0)+1;e.set(t,{status:s,title:a,...e.get(t),code:t,times:n})}return[...e.values()].sort((t,e)=>e.times-t.times)}function q(t,e){return 0===t.length?null:r.q`
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
        <tbody>${t.map(t=>function({code:t,status:e,title:n,times:s},a){return r.q`
    <tr>
      <td>${(0,l.qS)(e)}</td>
      <th scope="row">
        ${a?r.q`<a href="#${a.id}">${n}</a>`:r.q`<span>${n}</span>`} <code>${t}</code>
      </th>
      <td class="number">${(0,l.zD)(s)}</td>
    </tr>`}(t,e.explainedAt.get(t.code)))}</tbody>
      </table>
    </section>`}var S=n(5293);const x=50,k=8,M=3,T=84e4,C=8e4,A=5,L={fail:0,warn:1,info:2,skip:3,pass:4};function N(t,e,n=0){const s=T-n,a=t.targets.toSorted((t,e)=>L[t.status]-L[e.status]),r=(0,d._K)(a),o=a.map((t,e)=>function(t,e,n,s){return{target:t,id:`t${e+1}`,detail:n,open:1===s||s<=A&&t.findings.length>0}}(t,e,"whole",a.length)),i=(t,n)=>Buffer.byteLength(String((0,c.a)(t,!1,{scale:r,place:e,explainedAt:n})));if(a.length<=x){const t=j(o);if(JSON.stringify(a).length*k<=s||o.reduce((e,n)=>e+i(n,t),0)<=s)return{shown:o,scale:r,explainedAt:t,omitted:new Map}}return function(t,e,n,s){const a=j(D(t)),r=new Map,o=new Map;let i=s;for(const e of(0,S.C)(t,({target:t})=>t.code)){const t=e.target.findings.length>v.S?"row":"brief",s=n({...e,detail:t},a);if(i-s<C)break;i-=s,r.set(e.id,s),o.set(e.id,t)}const l=t.flatMap(t=>{const e=o.get(t.id);return void 0===e?[]:[{...t,detail:e}]}),c=(t,e)=>{const s={...l[t],detail:e},o=n(s,a),c=o-(r.get(s.id)??0);c>i||(i-=c,l[t]=s,r.set(s.id,o))};for(const[t,{detail:e}]of l.entries())"row"===e&&c(t,"brief");const d=new Set(D(l).map(({id:t})=>t));for(const[t,{id:e}]of l.entries())d.has(e)&&c(t,"explained");for(const[t,{detail:e,target:n}]of l.entries())"explained"!==e&&0!==n.findings.length||c(t,"whole");const u=new Map;for(const{id:e,target:n}of t)r.has(e)||u.set(n.status,(u.get(n.status)??0)+1);return{shown:l,scale:e,explainedAt:j(l),omitted:u}}(o,r,i,s)}function D(t){const e=new Map;return t.filter(({target:t})=>{const n=t.findings.some(({code:t})=>(e.get(t)??0)<M);if(n)for(const{code:n}of t.findings)e.set(n,(e.get(n)??0)+1);return n})}function j(t){const e=new Map;for(const{target:n,id:s,detail:a}of t)if(!(0,v.X)(a))for(const{code:t}of n.findings)e.has(t)||e.set(t,{id:s,label:n.target.label});return e}var W=n(3024);const O=()=>(0,W.readFileSync)(n.ab+"page.css","utf8");var E=n(407),K=n(26),U=n(5861);const F=/^\d+ of \d+ targets cannot be used: /;function B(t,e){const{targets:n,fail:s,warn:a,info:r,skip:o}=t.totals,i=t.targets.some(({findings:t})=>t.some(t=>t.ignored)),c=s>0||!i&&r+o===0&&!(0,K.VC)(t,e);if(n<=1||!c)return(d=(0,U.P)(t,e)).charAt(0).toUpperCase()+d.slice(1);var d;const u=(0,l.U9)(n,"mail server");if(s===n)return`None of ${u} can be used`;if("fail"===t.status)return`${(0,l.zD)(s)} of ${u} cannot be used`;if(s>0)return`Enough mail servers can be used: ${(0,l.zD)(n-s)} of ${(0,l.zD)(n)}`;return`All ${u} can be used${a>0?`, ${(0,l.zD)(a)} with a warning`:""}`}function z({runner:t,run:e,durationMs:n,totals:s}){const a=[J[t.environment]??t.environment,t.os,...t.kubernetes?["in Kubernetes"]:t.container?["in a container"]:[]];return r.q`
    <section aria-labelledby="circumstances">
      <h2 id="circumstances" class="hidden">When and where</h2>
      <dl class="facts circumstances">
        ${(0,l.fK)("Targets",s.targets>1&&function(t){const e=R.filter(e=>t[e]>0).map(e=>`${(0,l.zD)(t[e])} ${e}`);return`${(0,l.zD)(t.targets)}: ${e.join(", ")}`}(s))}
        ${(0,l.fK)("Took",(0,E.W2)(n))}
        ${(0,l.fK)("Runner",a.join(", "))}
        ${e&&function({url:t,repository:e,workflow:n,runId:s,attempt:a,sha:o,ref:i,event:c}){const d=`${e}, ${n} ${s}${a>1?` (attempt ${a})`:""}`,u=i.replace(/^refs\/(?:heads|tags)\//,"");return r.q`
    ${(0,l.fK)("Run",(0,l.nf)(t,r.q`${d}`))}
    ${(0,l.fK)("Commit",r.q`<code>${[...o].slice(0,9)}</code> ${u} (${c})`)}`}(e)}
      </dl>
    </section>`}const J={"github-hosted":"GitHub-hosted","self-hosted":"self-hosted",local:"local machine"},R=[...s.f.toReversed(),"skip"];const I=300;function P(t,e,n=null,u="fail"){const f=function({trend:t,startedAt:e},n){return n&&t&&t.runs>1?n(t,e):null}(t,n),h=N(t,e,null===f?0:Buffer.byteLength(String(f)));return`${function(t,e,{sentence:n,contents:u,trend:f}){const h=Array.from({length:4},()=>Math.random().toString(36).slice(2)).join(""),p=t.findings.length>0&&function({findings:t,message:e},n){const s=t.map(t=>(0,y.B)(t,{place:n,said:e===t.message,elsewhere:null}));return r.q`
    <section aria-labelledby="own" class="own">
      <h2 id="own">What was found</h2>
      ${s}
    </section>`}(t,e);return r.q`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${function(t){const e=`'nonce-${t}'`;return`default-src 'none'; style-src ${e}; script-src ${e}; base-uri 'none'; form-action 'none'`}(h)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="generator" content="${a.y.name} ${a.y.version}" />
        <title>${o.SV[t.status]} ${n} &ndash; smtp-gate</title>
        <style nonce="${h}">${(0,r.O)(O())}</style>
      </head>
      <body>
        <a class="skip-link" href="#main">Skip to the report</a>
        ${function({status:t,message:e,startedAt:n,totals:s},a){return r.q`
    <header class="verdict ${t}">
      <div class="width">
        <p class="brand"><strong>smtp-gate</strong> ${(0,l.kB)(n)}</p>
        <h1>
          ${(0,l.Gy)(t)}
          <span><span class="hidden">${t}: </span>${a}</span>
        </h1>
        <p class="lead">${(0,l.CS)(e.replace(F,s.fail>1?"The first of them: ":""))}</p>
      </div>
    </header>`}(t,n)}
        <main id="main" class="width" tabindex="-1">
          ${z(t)}
          ${p}
          ${t.targets.length>1&&q(w(t),u)}
          ${t.targets.length>0&&function({targets:t,message:e},n,a){const{shown:o,scale:i,explainedAt:u}=a,f=o.length>1,h=o.map(t=>(0,c.a)(t,t.target.message===e,{scale:i,place:n,explainedAt:u}));return r.q`
    <section aria-labelledby="targets">
      <h2 id="targets">${f?"Targets":"The target"}</h2>
      ${f&&b(o,w({targets:o.map(({target:t})=>t)}))}
      ${function({shown:t,omitted:e}){const n=t.filter(({detail:t,target:e})=>"whole"!==t&&e.transcript.length>0).length,a=t.filter(({detail:t,target:e})=>(0,v.X)(t)&&e.findings.length>0).length,o=t.filter(({detail:t,target:e})=>"row"===t&&e.findings.length>v.S).length,i=[...s.f,"skip"].filter(t=>e.has(t)),c=i.reduce((t,n)=>t+(e.get(n)??0),0),d=[...n>0?[`the conversations of ${(0,l.U9)(n,"target")}`]:[],...a>0?[`causes and remedies that repeat, of ${(0,l.U9)(a,"target")}`]:[],...o>0?[`more than ${v.S} findings of ${(0,l.U9)(o,"target")}`]:[],...c>0?[`${(0,l.U9)(c,"target")} (${i.map(t=>`${(0,l.zD)(e.get(t)??0)} ${t}`).join(", ")})`]:[]];if(0===d.length)return null;const u=d.join("; ");return r.q`
    <p class="left-out">
      <strong>Left out to keep this page small:</strong> ${u}. Everything is in the JSON report.
    </p>`}(a)}
      <div class="ruler" aria-hidden="true">
        ${(0,d.o1)(t)}
        ${(0,d.yo)(i)}
        <span class="to-greeting">greeting</span>
      </div>
      <div class="targets">${h}</div>
      <p id="nothing" hidden>No target is like that.</p>
    </section>`}(t,e,u)}
          ${f}
          ${m(t)}
          ${function(t){if(0===t.length)return null;const e=t.length-S.q;return r.q`
    <section aria-labelledby="notes">
      <h2 id="notes">Notes</h2>
      <ul>
        ${t.slice(0,S.q).map(t=>r.q`<li>${(0,l.CS)((0,i.pj)(t,I))}</li>`)}
        ${e>0&&r.q`<li>${(0,l.U9)(e,"more note")} in the JSON report.</li>`}
      </ul>
    </section>`}(t.notes)}
        </main>
        <footer class="width">
          Written by ${a.y.name} ${a.y.version}. The JSON report holds everything that was seen.
        </footer>
        <p id="announcement" class="hidden" role="status"></p>
        <script nonce="${h}">${(0,r.O)(V)}</script>
      </body>
    </html>`}(t,e,{sentence:B(t,u),contents:h,trend:f})}\n`}const V=`(${function(){const t=t=>document.getElementById(t),e=[...document.querySelectorAll("details.target")],n=t("announcement");function s(t){const e=document.createElement("button");e.type="button",e.className="copy",e.textContent="Copy";const s=[...t.querySelectorAll("code")].map(t=>(t.textContent??"").trimEnd()).join("\n"),a=t=>{e.textContent=t,n&&(n.textContent=t),setTimeout(()=>{e.textContent="Copy",n&&(n.textContent="")},2e3)};e.addEventListener("click",async()=>{try{await navigator.clipboard.writeText(s),a("Copied")}catch{getSelection()?.selectAllChildren(t),a("Selected")}});const r=document.createElement("div");r.className="copyable",t.replaceWith(r),r.append(t,e)}function a(){const e=t(location.hash.slice(1));e?.matches("details.target")&&(e.hidden&&t("filters")?.reset(),e.hidden=!1,e.open=!0,e.scrollIntoView(),e.querySelector("summary")?.focus({preventScroll:!0}))}let r=[];addEventListener("beforeprint",()=>{r=[...document.querySelectorAll("details:not([open])")];for(const t of r)t.open=!0}),addEventListener("afterprint",()=>{for(const t of r)t.open=!1;r=[]});const o=t("filters");o&&function(n){let s;const a=t=>[...t.querySelectorAll("h3, .essence, .message, .finding h4, .finding > p, .finding > pre, .facts dd")].map(t=>t.textContent).join(" ").toLowerCase();function r(){const r=new FormData(n),o=r.getAll("status"),i=r.get("code")||"",l=String(r.get("text")).toLowerCase().split(/\s+/).filter(Boolean);l.length>0&&(s??=e.map(a));let c=0;e.forEach((t,e)=>{const{status:n="",codes:a=""}=t.dataset,r=(0===o.length||o.includes(n))&&(""===i||a.split(" ").includes(String(i)))&&l.every(t=>s?.[e]?.includes(t));t.hidden===r&&(t.hidden=!r),r&&c++});const d=t("shown"),u=`${e.length} ${1===e.length?"target":"targets"}`;d&&(d.textContent=c===e.length?u:`${c} of ${u}`);const f=t("nothing");f&&(f.hidden=c>0)}const o=t=>{for(const n of e)n.hidden||(n.open=t)};n.addEventListener("input",r),n.addEventListener("submit",t=>t.preventDefault()),n.addEventListener("reset",()=>setTimeout(r)),t("open-all")?.addEventListener("click",()=>o(!0)),t("close-all")?.addEventListener("click",()=>o(!1));const i=t("search");i&&(i.hidden=!1),r()}(o);for(const t of document.querySelectorAll("pre.commands"))s(t);addEventListener("hashchange",a),a()}})();`},4992:(t,e,n)=>{n.d(e,{X:()=>p,a:()=>u});var s=n(407),a=n(729),r=n(4375),o=n(5514),i=n(8938),l=n(3412);const c=200;function d({from:t,atMs:e,text:n}){return a.q`
    <tr class="${t}">
      <td>${Math.round(e)} ms</td>
      <td>${t}</td>
      <td><code>${n}</code></td>
    </tr>`}function u(t,e,{scale:n,place:u,explainedAt:g}){const{target:$,id:m,detail:b,open:y}=t,{status:v,findings:w,steps:q,message:S,transcript:x}=$,k=[...new Set(w.map(({code:t})=>t))].join(" "),M="row"===b?w.slice(0,i.S):w,T=w.length-M.length,C=M.map(t=>(0,o.B)(t,{place:u,said:S.startsWith(t.message),elsewhere:(0,i.X)(b)?g.get(t.code)??"nowhere":null}));return a.q`
    <details class="target" id="${m}" data-status="${v}" data-codes="${k}"${y&&" open"}>
      <summary>
        ${(0,r.qS)(v)}
        <span class="name"><h3>${$.target.label}</h3>${function({code:t,findings:e,latencyMs:n}){const s=e.find(e=>e.code===t)??e[0];if(!s)return a.q`<span class="essence faint">${null===n?"passes":"greets as it should"}</span>`;const r=e.length>1&&` and ${e.length-1} more`;return a.q`<span class="essence">${s.title} <code>${s.code}</code>${r}</span>`}($)}</span>
        ${q.length>0&&(0,l.bB)(q,n)}
        ${function({latencyMs:t}){return null===t?a.q`<span class="latency"><span class="hidden">no greeting</span><span aria-hidden="true">&ndash;</span></span>`:a.q`<span class="latency"><span class="hidden">greeted after </span>${(0,s.W2)(t)}</span>`}($)}
      </summary>
      <div class="body">
        ${!e&&a.q`<p class="message">${(0,r.CS)(S)}</p>`}
        ${C}
        ${T>0&&a.q`<p>${(0,r.U9)(T,"more finding")} in the JSON report.</p>`}
        ${function({target:t,...e},n){const{address:o,addresses:i,banner:l,latencyMs:c,tls:d,capabilities:u,attempts:g,durationMs:$}=e,m=i.filter(({outcome:t})=>"connected"!==t),b=u??[];return a.q`
    <dl class="facts">
      ${(0,r.fK)("Address",o&&o!==t.host&&a.q`<code>${o}</code>`)}
      ${(0,r.fK)("Not connected",m.length>0&&m.map(f))}
      ${(0,r.fK)("Greeting",l&&a.q`<code>${l}</code>`)}
      ${(0,r.fK)("Time to greeting",!n&&null!==c&&(0,s.W2)(c))}
      ${(0,r.fK)("TLS",d&&`${d.protocol}, ${d.cipher}, ${d.authorized?"verified":"not verified"}`)}
      ${(0,r.fK)("Certificate",d&&function({subject:t,issuer:e,validFrom:n,validTo:s,daysLeft:r}){const o=a.q`${h(n)} to ${h(s)} (${p(r)})`;return a.q`<code>${t}</code> by <code>${e}</code>, ${o}`}(d))}
      ${(0,r.fK)("Offers",b.length>0&&b.map(t=>a.q`<code>${t}</code> `))}
      ${(0,r.fK)("Attempts",1!==g&&`${g} in ${(0,s.W2)($)}`)}
    </dl>`}($,(0,i.X)(b))}
        ${!(0,i.X)(b)&&q.length>0&&(0,l.Ph)(q,n)}
        ${"whole"===b&&x.length>0&&function(t){const e=t.length-c;return a.q`
    <details>
      <summary>The conversation (${(0,r.U9)(t.length,"line")})</summary>
      <table class="transcript">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">From</th>
            <th scope="col">Line</th>
          </tr>
        </thead>
        <tbody>${t.slice(0,c).map(d)}</tbody>
      </table>
      ${e>0&&a.q`<p class="faint">${(0,r.U9)(e,"more line")} in the JSON report.</p>`}
    </details>`}(x)}
      </div>
    </details>`}function f({address:t,outcome:e,errno:n,tookMs:r}){return a.q`<span class="line"><code>${t}</code> ${n??e} after ${(0,s.W2)(r)}</span>`}function h(t){return null===t?"(unreadable)":(0,r.vd)(t)}function p(t){return null===t?"unknown":t>=0?`${(0,r.U9)(t,"day")} left`:-1===t?"expired today":`expired ${(0,r.U9)(-t-1,"day")} ago`}},3412:(t,e,n)=>{n.d(e,{KN:()=>$,Ph:()=>d,_K:()=>l,bB:()=>c,o1:()=>h,yo:()=>f});var s=n(407),a=n(729);const r={resolve:"resolve",connect:"connect",greeting:"greeting",ehlo:"EHLO",starttls:"STARTTLS",tls:"TLS","ehlo-again":"EHLO again",auth:"AUTH",mail:"MAIL",rcpt:"RCPT",rset:"RSET",quit:"QUIT"},o={resolve:"resolve",connect:"connect",greeting:"greeting, EHLO",tls:"TLS",auth:"AUTH",envelope:"MAIL, RCPT",quit:"QUIT"},i={resolve:"resolve",connect:"connect",greeting:"greeting",ehlo:"greeting",starttls:"tls",tls:"tls","ehlo-again":"greeting",auth:"auth",mail:"envelope",rcpt:"envelope",rset:"envelope",quit:"quit"};function l(t){let e=1;for(const{steps:n}of t)for(const t of n)e=Math.max(e,t.startMs+t.tookMs);const n=10**Math.floor(Math.log10(e/5)),s=[1,2,5,10].map(t=>t*n).find(t=>e/t<=5)??e;return{endMs:e,markMs:s}}function c(t,e){const n=t.filter(({status:t})=>"skipped"!==t);return a.q`
    <svg class="strip" role="img">
      <title>Where the time went</title>
      <desc>${n.map(g).join(", ")}</desc>
      ${n.map(t=>u(t,e))}
    </svg>`}function d(t,e){return a.q`
    <table class="steps">
      <caption>Where the time went</caption>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col">Time</th>
          <th scope="col">${f(e)}</th>
        </tr>
      </thead>
      <tbody>${t.map(t=>function(t,e){const{status:n,tookMs:o,because:i}=t,l="skipped"===n;return a.q`
    <tr class="${n}">
      <th scope="row">${r[t.step]}</th>
      <td>${l?"\u2013":(0,s.W2)(o)}</td>
      <td>
        ${l&&a.q`<span class="faint">skipped${i&&`: ${i}`}</span>`}
        ${!l&&a.q`<svg class="strip" aria-hidden="true">${u(t,e)}</svg>`}
        ${"failed"===n&&a.q`<span class="because">&cross; ${i??"failed"}</span>`}
      </td>
    </tr>`}(t,e))}</tbody>
    </table>`}function u({step:t,startMs:e,tookMs:n,status:s},{endMs:r}){const o=Math.min(99,e/r*100),l=Math.max(.5,n/r*100),c="failed"===s?"failed":i[t];return a.q`<rect class="k-${c}" x="${$(o)}" width="${$(l)}" />`}function f({endMs:t,markMs:e}){const n=Array.from({length:Math.floor(t/e)+1},(t,n)=>n*e);return a.q`
    <svg class="axis" role="img">
      <title>Scale: 0 to ${(0,s.W2)(t)}</title>
      ${n.map(e=>function(t,e){const n=$(100*e);return a.q`
    <line x1="${n}" x2="${n}" y1="75%" y2="100%" />
    <text x="${n}" class="${0===e?"first":e>.9?"last":""}">${function(t){return 0===t?"0":t<1?`${Number(t.toFixed(2))} ms`:(0,s.W2)(t)}(t)}</text>`}(e,e/t))}
    </svg>`}function h(t){const e=new Set(t.flatMap(({steps:t})=>t.map(({step:t})=>i[t]))),n=t.some(({steps:t})=>t.some(({status:t})=>"failed"===t)),s=Object.entries(o).filter(([t])=>e.has(t));return n&&s.push(["failed","failed"]),a.q`<ul class="legend" aria-label="Colours of the bars">${s.map(p)}</ul>`}function p([t,e]){return a.q`<li><svg aria-hidden="true"><rect class="k-${t}" width="100%" /></svg>${e}</li>`}function g({step:t,status:e,tookMs:n,because:a}){const o=r[t];return"failed"===e?`${o} failed after ${(0,s.W2)(n)} (${a})`:`${o} ${(0,s.W2)(n)}`}function $(t){return`${Number(t.toFixed(1))}%`}},5293:(t,e,n)=>{function s(t,e){const n=new Set,[s,a]=[[],[]];for(const r of t){const t=e(r);(n.has(t)?a:s).push(r),n.add(t)}return[...s,...a]}n.d(e,{C:()=>s,q:()=>a});const a=20},26:(t,e,n)=>{n.d(e,{N6:()=>o,VC:()=>r,WR:()=>a});var s=n(2229);function a({status:t,totals:e}){return e.fail>0&&"fail"!==t}function r({status:t},e){return"fail"!==t&&(0,s.ug)(t,e)}function o(t,e,n){const r="fail"===t&&a(e)?"warn":t;return"fail"===r||(0,s.ug)(r,n)}},5861:(t,e,n)=>{n.d(e,{P:()=>m,z:()=>g});var s=n(6857),a=n(5293),r=n(7123),o=n(26),i=n(1934),l=n(9272);const c={pass:"\u2705",info:"\u2139\ufe0f",warn:"\u26a0\ufe0f",fail:"\u274c",skip:"\u23ed\ufe0f"},d={pass:"the mail server can be used",info:"something answers, and it is not SMTP",warn:"the mail server can be used, with a warning",fail:"the mail server cannot be used",skip:"nothing was probed"},u=["fail","warn","info","skip","pass"],f=10,h={transcripts:!0,elsewhere:!0,help:!0,findings:1/0,pictures:50,trends:10,sections:1/0,rows:1/0},p=[{},{transcripts:!1},{elsewhere:!1},{sections:50},{rows:1e3},{findings:10},{sections:5,pictures:0,trends:0},{sections:0,rows:500},{findings:3,rows:50},{help:!1}];function g(t,e,n=null,s="fail"){const{targets:a}=t,r=a.length>f?function(t){const e=({status:t})=>u.indexOf(t);return[...t].sort((t,n)=>e(t)-e(n))}(a):a,o=r.filter(({findings:t})=>t.length>0),i={drawTrend:n,failOn:s,order:r,told:o,rows:new b(r),endMs:(0,l.pJ)(a)};let c=h;for(const n of p){c={...c,...n};const s=new $(t,e,c,i).text();if(null!==s)return s}throw new Error("the shortest summary is too long")}class ${report;place;detail;context;#t=[];#e=0;constructor(t,e,n,s){this.report=t,this.place=e,this.detail=n,this.context=s}text(){const{report:t,place:e,detail:n}=this,{drawTrend:r,failOn:o,order:i,told:d,rows:f}=this.context,{targets:h}=t,p=this.#n(`## ${c[t.status]} smtp-gate: ${m(t,o)}`,(0,s.wD)(t.message))&&this.#n(...v(t.notes,t=>`> ${(0,s.wD)(t)}`,t=>`> ${t}`))&&(0===h.length||this.#n(...function({totals:t}){if(t.targets<=1)return[];const e=u.filter(e=>t[e]>0).map(e=>`${c[e]} ${t[e]} ${e}`);return[`**${t.targets} targets:** ${e.join(" \xb7 ")}`]}(t),f.table(n.rows)))&&(1===h.length?this.#s(h[0],""):this.#n(...function(t,e){const n=(0,l.RW)(t.slice(0,e));if(0===n.length)return[];const a=t.length-e;return["**Where the time went**"+(a>0?`, of the first ${e} of ${t.length} targets`:""),(0,s.h0)([...n,"",...l.ql])]}(i,n.pictures)))&&(1===h.length||function(t,e){if(t.length<=e)return t;const n=new Set((0,a.C)(t,({code:t})=>t).slice(0,e));return t.filter(t=>n.has(t))}(d,n.sections).every(t=>this.#s(t,function({status:t,target:{label:e}}){return`---\n\n### ${c[t]} ${(0,s.D9)(e)}`}(t))))&&this.#n(...r?.(t,n.trends)??[])&&t.findings.every(s=>this.#n(...w(s,t.message,"###"),...q(s,e,n)))&&this.#n(...function(t,{targets:e,trend:n},s){const{transcripts:a,elsewhere:r,help:o,findings:i,sections:l,rows:c,pictures:d,trends:u}=t,f=t=>1===t?"1 more target":`${t} more targets`,h=[...a?[]:["the conversations"],...r?[]:["the remedies for other kinds of runner"],...o?[]:["causes and remedies"],...e.some(t=>t.findings.length>i)?[`more than ${i} findings of one target`]:[],...s>l&&e.length>1?[`the findings of ${f(s-l)}`]:[],...e.length>c?[`the rows of ${f(e.length-c)}`]:[],...0===d&&e.length>1?["the times"]:[],...null!==n&&0===u?["the trends"]:[]];return 0===h.length?[]:[`_Not shown, for a summary holds 1 MiB: ${h.join("; ")}. All of it is in the JSON report._`]}(n,t,d.length));return p?`${this.#t.join("\n\n")}\n`:null}#s(t,e){if(void 0===t)return!0;const{report:n,place:a,detail:o}=this,c=""===e?"###":"####";return this.#n(...""===e?[]:[e],...function(t,e){return[...null===t.tls?[]:[`**TLS:** ${(0,s.D9)((0,i.Hp)(t.tls))}`],...0===t.steps.length?[]:["**Where the time went**",(0,s.h0)((0,l.A0)(t,1/0,e))]]}(t,this.context.endMs))&&t.findings.slice(0,o.findings).every((e,s)=>this.#n(...w(e,n.message,c),...(0,r.Ej)(t.findings.slice(0,s),e)?[]:q(e,a,o)))&&this.#n(...o.transcripts?function({transcript:t}){if(0===t.length)return[];const e=t.slice(0,60),n=e.map(({from:t,atMs:e,text:n})=>`${String(e).padStart(6)} ms  ${"client"===t?"\u2192":"\u2190"} ${n}`),a=t.length-e.length;a>0&&n.push(`\u2026 ${a} more lines are in the JSON report`);return[x("The conversation",[(0,s.h0)(n)])]}(t):[])}#n(...t){this.#t.push(...t);for(const e of t)this.#e+=Buffer.byteLength(e)+2;return this.#e<=1e6}}function m(t,e="fail"){const n=(0,o.VC)(t,e)?`, and fail-on: ${e} fails the step`:"";return`${function({status:t,code:e,targets:n,totals:s},a){if("input-invalid"===e)return"an input cannot be read";if("probe-crashed"===e)return"smtp-gate itself failed";if("not-configured"===e)return d.skip;if(n.some(({findings:t})=>t.some(t=>t.ignored))&&"fail"!==t&&a)return"the gate passes, and leaves out what is ignored";if(n.length<=1)return d[t];if(s.fail>0){const e="fail"===t?"":", and the others are enough";return`${s.fail} of ${n.length} mail servers cannot be used${e}`}if("pass"===t)return`all ${n.length} mail servers can be used`;const r=s.pass+s.skip;return`${n.length-r} of ${n.length} mail servers ask for attention`}(t,""===n)}${n}`}class b{targets;#a=[];constructor(t){this.targets=t}table(t){const{targets:e}=this;for(const n of e.slice(this.#a.length,t))this.#a.push(y(n));const n=this.#a.slice(0,t),s=n.some(({certificate:t})=>null!==t),a=["Target","Verdict","Address","Time to greeting",...s?["Certificate"]:[],"Attempts"],r=n.map(({seen:t,certificate:e,attempts:n})=>[...t,...s?[e??"\u2013"]:[],n]);return[a,a.map(()=>"---"),...r].map(t=>`| ${t.join(" | ")} |`).join("\n")}}function y({target:t,status:e,code:n,address:a,latencyMs:r,tls:o,attempts:l,findings:d}){const u=[...new Set(d.flatMap(t=>t.ignored?[(0,s.D9)(t.code)]:[]))];return{seen:[(0,s.D9)(t.label),[`${c[e]} ${e}${""===n?"":`: ${(0,s.D9)(n)}`}`,...u].join(", ignored: "),null===a?"\u2013":(0,s.D9)(a),null===r?"\u2013":`${r} ms`],certificate:o&&(0,i.o8)(o.daysLeft),attempts:String(l)}}function v(t,e,n){const s=t.length-a.q;return[...t.slice(0,a.q).map(e),...s>0?[n(`\u2026 and ${s} more in the JSON report`)]:[]]}function w(t,e,n){const{code:a,status:r,title:o,message:i,impact:l,evidence:d,docs:u,ignored:f}=t;return[`${n} ${c[r]} ${o}${f?" (ignored)":""}`,`[${(0,s.D9)(a)}](${u})`,...i===e?[]:[`**What happened:** ${(0,s.wD)(i)}`],`**What was seen:** ${(0,s.D9)(d)}`,`**Why it matters:** ${(0,s.wD)(l)}`]}function q({causes:t,remedies:e,verify:n},a,{elsewhere:r,help:o}){if(!o)return[];const i=e.filter(({environment:t})=>t===a||"any"===t),l=r?e.filter(t=>!i.includes(t)):[];return["**Likely causes**",v(t,(t,e)=>`${e+1}. ${(0,s.wD)(t)}`,t=>`\n${t}`).join("\n"),"**What to do**",...v(i,S,t=>`- ${t}`),...0===l.length?[]:[x("On other kinds of runner",l.map(S))],"**To check the fix**",(0,s.dI)([n],"sh")]}function S({environment:t,text:e,commands:n}){const a=`- ${"any"===t?"":`**${i.TI[t]}:** `}${(0,s.wD)(e)}`;return 0===n.length?a:`${a}\n\n${(0,s.dI)(n,"sh").replace(/^/gm,"  ")}`}function x(t,e){return`<details><summary>${t}</summary>\n\n${e.join("\n\n")}\n\n</details>`}}};
