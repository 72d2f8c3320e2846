"use strict";exports.id=878,exports.ids=[878],exports.modules={5514:Object((function(t,e,n){n.d(e,{B:()=>i});var s=n(1690),a=n(1846),o=n(4871),r=n(3633);function i(t,{place:e,said:n,elsewhere:s}){const{code:i,status:d,title:u,message:f,impact:p,evidence:h,verify:$,docs:g,ignored:m}=t;return o.q`
    <section class="finding">
      <h4>${(0,r.qS)(d)} ${u} <code>${i}</code>${m&&o.q`<span class="faint"> (ignored)</span>`}</h4>
      ${!n&&o.q`<p>${(0,r.CS)(f)}</p>`}
      <h5>Seen</h5>
      <pre><code>${h}</code></pre>
      ${null===s&&o.q`<p><strong>Why it matters:</strong> ${p}</p>`}
      ${null===s?function({causes:t,remedies:e},n){const s=e.filter((({environment:t})=>t===n||"any"===t)),i=e.filter((t=>!s.includes(t)));return o.q`
    <h5>${1===t.length?"Likely cause":"Likely causes, the likeliest first"}</h5>
    <ol>${t.slice(0,a.q).map((t=>o.q`<li>${(0,r.CS)(t)}</li>`))}</ol>
    ${c(t)}
    <h5>What to do</h5>
    ${l(s)}
    ${c(s)}
    ${i.length>0&&function(t){return o.q`
    <details class="others">
      <summary>On other kinds of runner</summary>
      ${l(t)}
    </details>`}(i)}`}(t,e):function(t){return"nowhere"===t?o.q`<p>Causes and remedies are in the JSON report.</p>`:o.q`<p>Causes and remedies are those of <a href="#${t.id}">${t.label}</a>.</p>`}(s)}
      <h5>To check the fix</h5>
      ${(0,r.Zm)([$])}
      ${(null===s||"nowhere"===s)&&o.q`<p>${(0,r.nf)(g,o.q`More about <code>${i}</code>`)}</p>`}
    </section>`}function c(t){return t.length>a.q?o.q`<p>${(0,r.zD)(t.length-a.q)} more in the JSON report.</p>`:null}function l(t){return o.q`<ul class="remedies">${t.slice(0,a.q).map(d)}</ul>`}function d({environment:t,text:e,commands:n}){return o.q`
    <li>
      <p>${"any"!==t&&o.q`<strong>${s.TI[t]}: </strong>`}${(0,r.CS)(e)}</p>
      ${n.length>0&&(0,r.Zm)(n)}
    </li>`}})),2878:Object((function(t,e,n){n.r(e),n.d(e,{htmlReport:()=>V});var s=n(3752),a=n(3463),o=n(1690),r=n(4871),i=n(2840),c=n(3633),l=n(4992),d=n(3412);const u=Object((function(t){const e=f(t);if(0===e.length)return null;const n=Date.parse(t.startedAt),s=function(t,e){const n=Math.max(e-h,Math.min(e,...t.map((t=>t.from)))),s=Math.min(e+$,Math.max(e+p,...t.map((t=>t.to))));return{from:n,to:s,at:t=>Math.min(100,Math.max(0,(t-n)/(s-n)*100))}}(e,n),a=e.length-g;return r.q`
    <section aria-labelledby="certificates">
      <h2 id="certificates">Certificates</h2>
      <table class="certificates">
        <thead>
          <tr>
            <th scope="col">Certificate</th>
            <th scope="col"><span class="hidden">Validity</span>${function(t,e){const n=new Date(t.from).getUTCFullYear()+1,s=Array.from({length:4},((t,e)=>n+e)).filter((e=>Date.UTC(e)<t.to)),a=t.at(e);return r.q`
    <svg class="axis" aria-hidden="true">
      ${s.map((e=>function(t,e,n){const s=r.q`<text x="${(0,d.KN)(e)}" class="${e>90?"year last":"year"}">${t}</text>`;return r.q`<line x1="${(0,d.KN)(e)}" x2="${(0,d.KN)(e)}" y1="75%" y2="100%" />${Math.abs(e-n)>16&&s}`}(e,t.at(Date.UTC(e)),a)))}
      <line x1="${(0,d.KN)(a)}" x2="${(0,d.KN)(a)}" y1="75%" y2="100%" />
      <text class="today ${a<10?"first":a>90?"last":""}" x="${(0,d.KN)(a)}">today</text>
    </svg>`}(s,n)}</th>
            <th scope="col">Left</th>
          </tr>
        </thead>
        <tbody>${e.slice(0,g).map((t=>function({tls:t,from:e,to:n,labels:s},a,o){const{subject:u,issuer:f,validFrom:p,validTo:h,daysLeft:$}=t,[g="",...y]=s,v=$<0?"fail":$<m?"warn":"pass",[q,w,j]=[a.at(e),a.at(n),(0,d.KN)(a.at(o))];return r.q`
    <tr>
      <th scope="row">
        ${(0,i.pj)(u,b)}
        <span class="faint line">by ${(0,i.pj)(f,b)}</span>
        <span class="faint line">${g}${y.length>0&&` and ${(0,c.U9)(y.length,"more target")}`}</span>
      </th>
      <td>
        <svg class="validity" role="img">
          <title>Validity</title>
          <desc>${p.slice(0,10)} to ${h.slice(0,10)}, ${(0,l.X)($)}</desc>
          <rect class="${v}" x="${(0,d.KN)(q)}" width="${(0,d.KN)(Math.max(.5,w-q))}" />
          <line x1="${j}" x2="${j}" y2="100%" />
        </svg>
        <span class="dates">${(0,c.vd)(p)} &ndash; ${(0,c.vd)(h)}</span>
      </td>
      <td class="left ${v}">${(0,l.X)($)}</td>
    </tr>`}(t,s,n)))}</tbody>
      </table>
      ${a>0&&r.q`<p class="faint">${(0,c.U9)(a,"more certificate")}, which last longer, in the JSON report.</p>`}
    </section>`})),f=Object((function({targets:t}){const e=new Map;for(const{tls:n,target:s}of t){if(null===n||null===n.validFrom||null===n.validTo||null===n.daysLeft)continue;const{validFrom:t,validTo:a,daysLeft:o}=n,r=JSON.stringify([n.subject,n.issuer,n.validFrom,n.validTo]),i=e.get(r);if(i)i.labels.push(s.label);else{const i={from:Date.parse(t),to:Date.parse(a)};e.set(r,{tls:{...n,validFrom:t,validTo:a,daysLeft:o},...i,labels:[s.label]})}}return[...e.values()].filter((({from:t,to:e})=>Number.isFinite(t)&&Number.isFinite(e))).sort(((t,e)=>t.to-e.to))})),p=864e5,h=400*p,$=800*p,g=30,m=21,b=120;var y=n(1846),v=n(7522);const q=Object((function(t,e,n=0){const s=M-n,a=t.targets.toSorted(((t,e)=>T[t.status]-T[e.status])),o=(0,d._K)(a),r=a.map(((t,e)=>w(t,e,"whole",a.length))),i=(t,n)=>Buffer.byteLength(String((0,l.a)(t,!1,{scale:o,place:e,explainedAt:n})));if(a.length<=O){const t=j(r);if(JSON.stringify(a).length*S<=s||r.reduce(((e,n)=>e+i(n,t)),0)<=s)return{shown:r,scale:o,explainedAt:t,omitted:new Map}}return function(t,e,n,s){const a=j(A(t)),o=new Map,r=new Map;let i=s;for(const e of(0,y.C)(t,(({target:t})=>t.code))){const t=e.target.findings.length>v.S?"row":"brief",s=n({...e,detail:t},a);if(i-s<k)break;i-=s,o.set(e.id,s),r.set(e.id,t)}const c=t.flatMap((t=>{const e=r.get(t.id);return void 0===e?[]:[{...t,detail:e}]})),l=(t,e)=>{const s={...c[t],detail:e},r=n(s,a),l=r-(o.get(s.id)??0);l>i||(i-=l,c[t]=s,o.set(s.id,r))};for(const[t,{detail:e}]of c.entries())"row"===e&&l(t,"brief");const d=new Set(A(c).map((({id:t})=>t)));for(const[t,{id:e}]of c.entries())d.has(e)&&l(t,"explained");for(const[t,{detail:e,target:n}]of c.entries())"explained"!==e&&0!==n.findings.length||l(t,"whole");const u=new Map;for(const{id:e,target:n}of t)o.has(e)||u.set(n.status,(u.get(n.status)??0)+1);return{shown:c,scale:e,explainedAt:j(c),omitted:u}}(r,o,i,s)})),w=Object((function(t,e,n,s){return{target:t,id:`t${e+1}`,detail:n,open:1===s||s<=C&&t.findings.length>0}})),j=Object((function(t){const e=new Map;for(const{target:n,id:s,detail:a}of t)if(!(0,v.X)(a))for(const{code:t}of n.findings)e.has(t)||e.set(t,{id:s,label:n.target.label});return e})),O=50,S=8,x=3,M=84e4,k=8e4,C=5,T={fail:0,warn:1,info:2,skip:3,pass:4};function A(t){const e=new Map;return t.filter((({target:t})=>{const n=t.findings.some((({code:t})=>(e.get(t)??0)<x));if(n)for(const{code:n}of t.findings)e.set(n,(e.get(n)??0)+1);return n}))}var L=n(5514);function N({targets:t}){const e=new Map;for(const{findings:n}of t)for(const{code:t,status:s,title:a}of new Map(n.map((t=>[t.code,t]))).values()){const n=(e.get(t)?.times??0)+1;e.set(t,{status:s,title:a,...e.get(t),code:t,times:n})}return[...e.values()].sort(((t,e)=>e.times-t.times))}var K=n(3024),E=n(3443),U=n(5861),W=n(3257);const D=Object((function({status:t,message:e,startedAt:n,totals:s},a){return r.q`
    <header class="verdict ${t}">
      <div class="width">
        <p class="brand"><strong>smtp-gate</strong> ${(0,c.kB)(n)}</p>
        <h1>
          ${(0,c.Gy)(t)}
          <span><span class="hidden">${t}: </span>${a}</span>
        </h1>
        <p class="lead">${(0,c.CS)(e.replace(R,s.fail>1?"The first of them: ":""))}</p>
      </div>
    </header>`})),F=Object((function(t,e){const{targets:n,fail:s,warn:a,info:o,skip:r}=t.totals,i=t.targets.some((({findings:t})=>t.some((t=>t.ignored)))),l=s>0||!i&&o+r===0&&!(0,W.VC)(t,e);if(n<=1||!l)return z((0,U.P)(t,e));const d=(0,c.U9)(n,"mail server");return s===n?`None of ${d} can be used`:"fail"===t.status?`${(0,c.zD)(s)} of ${d} cannot be used`:s>0?`Enough mail servers can be used: ${(0,c.zD)(n-s)} of ${(0,c.zD)(n)}`:`All ${d} can be used${a>0?`, ${(0,c.zD)(a)} with a warning`:""}`})),z=Object((function(t){return t.charAt(0).toUpperCase()+t.slice(1)})),B=Object((function({runner:t,run:e,durationMs:n,totals:s}){const a=[P[t.environment]??t.environment,t.os,...t.kubernetes?["in Kubernetes"]:t.container?["in a container"]:[]];return r.q`
    <section aria-labelledby="circumstances">
      <h2 id="circumstances" class="hidden">When and where</h2>
      <dl class="facts circumstances">
        ${(0,c.fK)("Targets",s.targets>1&&function(t){const e=X.filter((e=>t[e]>0)).map((e=>`${(0,c.zD)(t[e])} ${e}`));return`${(0,c.zD)(t.targets)}: ${e.join(", ")}`}(s))}
        ${(0,c.fK)("Took",(0,E.W2)(n))}
        ${(0,c.fK)("Runner",a.join(", "))}
        ${e&&function({url:t,repository:e,workflow:n,runId:s,attempt:a,sha:o,ref:i,event:l}){const d=`${e}, ${n} ${s}${a>1?` (attempt ${a})`:""}`,u=i.replace(/^refs\/(?:heads|tags)\//,"");return r.q`
    ${(0,c.fK)("Run",(0,c.nf)(t,r.q`${d}`))}
    ${(0,c.fK)("Commit",r.q`<code>${[...o].slice(0,9)}</code> ${u} (${l})`)}`}(e)}
      </dl>
    </section>`})),J=Object((function(t){if(0===t.length)return null;const e=t.length-y.q;return r.q`
    <section aria-labelledby="notes">
      <h2 id="notes">Notes</h2>
      <ul>
        ${t.slice(0,y.q).map((t=>r.q`<li>${(0,c.CS)((0,i.pj)(t,I))}</li>`))}
        ${e>0&&r.q`<li>${(0,c.U9)(e,"more note")} in the JSON report.</li>`}
      </ul>
    </section>`})),R=/^\d+ of \d+ targets cannot be used: /,P={"github-hosted":"GitHub-hosted","self-hosted":"self-hosted",local:"local machine"},X=[...s.f.toReversed(),"skip"],I=300,V=Object((function(t,e,n=null,s="fail"){const a=H(t,n),o=q(t,e,null===a?0:Buffer.byteLength(String(a)));return`${G(t,e,{sentence:F(t,s),contents:o,trend:a})}\n`})),H=Object((function({trend:t,startedAt:e},n){return n&&t&&t.runs>1?n(t,e):null})),G=Object((function(t,e,{sentence:s,contents:i,trend:l}){const d=Q(),f=t.findings.length>0&&function({findings:t,message:e},n){const s=t.map((t=>(0,L.B)(t,{place:n,said:e===t.message,elsewhere:null})));return r.q`
    <section aria-labelledby="own" class="own">
      <h2 id="own">What was found</h2>
      ${s}
    </section>`}(t,e);return r.q`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${Z(d)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="generator" content="${a.y.name} ${a.y.version}" />
        <title>${o.SV[t.status]} ${s} &ndash; smtp-gate</title>
        <style nonce="${d}">${(0,r.O)((0,K.readFileSync)(n.ab+"page.css","utf8"))}</style>
      </head>
      <body>
        <a class="skip-link" href="#main">Skip to the report</a>
        ${D(t,s)}
        <main id="main" class="width" tabindex="-1">
          ${B(t)}
          ${f}
          ${t.targets.length>1&&function(t,e){return 0===t.length?null:r.q`
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
        <tbody>${t.map((t=>function({code:t,status:e,title:n,times:s},a){return r.q`
    <tr>
      <td>${(0,c.qS)(e)}</td>
      <th scope="row">
        ${a?r.q`<a href="#${a.id}">${n}</a>`:r.q`<span>${n}</span>`} <code>${t}</code>
      </th>
      <td class="number">${(0,c.zD)(s)}</td>
    </tr>`}(t,e.explainedAt.get(t.code))))}</tbody>
      </table>
    </section>`}(N(t),i)}
          ${t.targets.length>0&&_(t,e,i)}
          ${l}
          ${u(t)}
          ${J(t.notes)}
        </main>
        <footer class="width">
          Written by ${a.y.name} ${a.y.version}. The JSON report holds everything that was seen.
        </footer>
        <p id="announcement" class="hidden" role="status"></p>
        <script nonce="${d}">${(0,r.O)(tt)}</script>
      </body>
    </html>`})),Z=Object((function(t){const e=`'nonce-${t}'`;return`default-src 'none'; style-src ${e}; script-src ${e}; base-uri 'none'; form-action 'none'`})),Q=Object((function(){return Array.from({length:4},(()=>Math.random().toString(36).slice(2))).join("")})),_=Object((function({targets:t,message:e},n,a){const{shown:o,scale:i,explainedAt:u}=a,f=o.length>1,p=o.map((t=>(0,l.a)(t,t.target.message===e,{scale:i,place:n,explainedAt:u})));return r.q`
    <section aria-labelledby="targets">
      <h2 id="targets">${f?"Targets":"The target"}</h2>
      ${f&&function(t,e){const n=e=>t.filter((({target:t})=>t.status===e)).length,a=[...s.f.toReversed(),"skip"];return r.q`
    <search id="search" aria-label="Filter the targets" hidden>
      <form id="filters" class="filters">
        <fieldset>
          <legend>Status</legend>
          ${a.filter((t=>n(t)>0)).map((t=>function(t,e){return r.q`
    <label>
      <input type="checkbox" name="status" value="${t}" />
      ${(0,c.qS)(t)} ${(0,c.zD)(e)}
    </label>`}(t,n(t))))}
        </fieldset>
        ${e.length>0&&function(t){return r.q`
    <label class="field">
      <span>Code</span>
      <select name="code">
        <option value="">any</option>
        ${t.map((({code:t,times:e})=>r.q`<option value="${t}">${t} (${(0,c.zD)(e)})</option>`))}
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
        <p id="shown" class="shown" role="status">${(0,c.U9)(t.length,"target")}</p>
      </form>
    </search>`}(o,N({targets:o.map((({target:t})=>t))}))}
      ${Y(a)}
      <div class="ruler" aria-hidden="true">
        ${(0,d.o1)(t)}
        ${(0,d.yo)(i)}
        <span class="to-greeting">greeting</span>
      </div>
      <div class="targets">${p}</div>
      <p id="nothing" hidden>No target is like that.</p>
    </section>`})),Y=Object((function({shown:t,omitted:e}){const n=t.filter((({detail:t,target:e})=>"whole"!==t&&e.transcript.length>0)).length,a=t.filter((({detail:t,target:e})=>(0,v.X)(t)&&e.findings.length>0)).length,o=t.filter((({detail:t,target:e})=>"row"===t&&e.findings.length>v.S)).length,i=[...s.f,"skip"].filter((t=>e.has(t))),l=i.reduce(((t,n)=>t+(e.get(n)??0)),0),d=[...n>0?[`the conversations of ${(0,c.U9)(n,"target")}`]:[],...a>0?[`causes and remedies that repeat, of ${(0,c.U9)(a,"target")}`]:[],...o>0?[`more than ${v.S} findings of ${(0,c.U9)(o,"target")}`]:[],...l>0?[`${(0,c.U9)(l,"target")} (${i.map((t=>`${(0,c.zD)(e.get(t)??0)} ${t}`)).join(", ")})`]:[]];if(0===d.length)return null;const u=d.join("; ");return r.q`
    <p class="left-out">
      <strong>Left out to keep this page small:</strong> ${u}. Everything is in the JSON report.
    </p>`})),tt=`(${function(){const t=t=>document.getElementById(t),e=[...document.querySelectorAll("details.target")],n=t("announcement");function s(t){const e=document.createElement("button");e.type="button",e.className="copy",e.textContent="Copy";const s=[...t.querySelectorAll("code")].map((t=>(t.textContent??"").trimEnd())).join("\n"),a=t=>{e.textContent=t,n&&(n.textContent=t),setTimeout((()=>{e.textContent="Copy",n&&(n.textContent="")}),2e3)};e.addEventListener("click",(async()=>{try{await navigator.clipboard.writeText(s),a("Copied")}catch{getSelection()?.selectAllChildren(t),a("Selected")}}));const o=document.createElement("div");o.className="copyable",t.replaceWith(o),o.append(t,e)}function a(){const e=t(location.hash.slice(1));e?.matches("details.target")&&(e.hidden&&t("filters")?.reset(),e.hidden=!1,e.open=!0,e.scrollIntoView(),e.querySelector("summary")?.focus({preventScroll:!0}))}let o=[];addEventListener("beforeprint",(()=>{o=[...document.querySelectorAll("details:not([open])")];for(const t of o)t.open=!0})),addEventListener("afterprint",(()=>{for(const t of o)t.open=!1;o=[]}));const r=t("filters");r&&function(n){let s;const a=t=>[...t.querySelectorAll("h3, .essence, .message, .finding h4, .finding > p, .finding > pre, .facts dd")].map((t=>t.textContent)).join(" ").toLowerCase();function o(){const o=new FormData(n),r=o.getAll("status"),i=o.get("code")||"",c=String(o.get("text")).toLowerCase().split(/\s+/).filter(Boolean);c.length>0&&(s??=e.map(a));let l=0;e.forEach(((t,e)=>{const{status:n="",codes:a=""}=t.dataset,o=(0===r.length||r.includes(n))&&(""===i||a.split(" ").includes(String(i)))&&c.every((t=>s?.[e]?.includes(t)));t.hidden===o&&(t.hidden=!o),o&&l++}));const d=t("shown"),u=`${e.length} ${1===e.length?"target":"targets"}`;d&&(d.textContent=l===e.length?u:`${l} of ${u}`);const f=t("nothing");f&&(f.hidden=l>0)}const r=t=>{for(const n of e)n.hidden||(n.open=t)};n.addEventListener("input",o),n.addEventListener("submit",(t=>t.preventDefault())),n.addEventListener("reset",(()=>setTimeout(o))),t("open-all")?.addEventListener("click",(()=>r(!0))),t("close-all")?.addEventListener("click",(()=>r(!1)));const i=t("search");i&&(i.hidden=!1),o()}(r);for(const t of document.querySelectorAll("pre.commands"))s(t);addEventListener("hashchange",a),a()}})();`})),3633:Object((function(t,e,n){n.d(e,{CS:()=>i,Gy:()=>o,U9:()=>d,Zm:()=>p,fK:()=>c,kB:()=>l,nf:()=>h,qS:()=>r,vd:()=>$,zD:()=>u});var s=n(1690),a=n(4871);const o=Object((function(t){return a.q`
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="10.5" />
      <path d="${f[t]}" />
    </svg>`})),r=Object((function(t){return a.q`<span class="badge ${t}"><span aria-hidden="true">${s.SV[t]}</span> ${t}</span>`})),i=Object((function(t){const e=t.split(/(`[^`]+`)/);return a.q`${e.map(((t,e)=>e%2==1?a.q`<code>${t.slice(1,-1)}</code>`:t))}`})),c=Object((function(t,e){return null===e||!1===e?null:a.q`
    <div>
      <dt>${t}</dt>
      <dd>${e}</dd>
    </div>`})),l=Object((function(t){return a.q`<time datetime="${t}">${t.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*Z$/,"$1 $2 UTC")}</time>`})),d=Object((function(t,e,n=`${e}s`){return`${u(t)} ${1===t?e:n}`})),u=Object((function(t){return String(t).replace(/\B(?=(?:\d{3})+$)/g," ")})),f={pass:"M6 12.5l4 4 8-9",info:"M12 6.5v.1M12 11v6.5",warn:"M12 6.5V13M12 17.4v.1",fail:"M7.5 7.5l9 9m0-9l-9 9",skip:"M7 12h10"};function p(t){return a.q`<pre class="commands">${t.map((t=>a.q`<code>${t}\n</code>`))}</pre>`}function h(t,e){return/^https:\/\/[^\s/]/.test(t)?a.q`<a href="${t}">${e}</a>`:a.q`<span>${e}</span>`}function $(t){return a.q`<time>${t.slice(0,10)}</time>`}})),7522:Object((function(t,e,n){n.d(e,{S:()=>a,X:()=>s});const s=Object((function(t){return"brief"===t||"row"===t})),a=5})),4992:Object((function(t,e,n){n.d(e,{X:()=>b,a:()=>f});var s=n(3443),a=n(4871),o=n(5514),r=n(3633),i=n(7522),c=n(3412);const l=Object((function(t){const e=t.length-u;return a.q`
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
        <tbody>${t.slice(0,u).map(d)}</tbody>
      </table>
      ${e>0&&a.q`<p class="faint">${(0,r.U9)(e,"more line")} in the JSON report.</p>`}
    </details>`})),d=Object((function({from:t,atMs:e,text:n}){return a.q`
    <tr class="${t}">
      <td>${Math.round(e)} ms</td>
      <td>${t}</td>
      <td><code>${n}</code></td>
    </tr>`})),u=200,f=Object((function(t,e,{scale:n,place:s,explainedAt:d}){const{target:u,id:f,detail:g,open:m}=t,{status:b,findings:y,steps:v,message:q,transcript:w}=u,j=[...new Set(y.map((({code:t})=>t)))].join(" "),O="row"===g?y.slice(0,i.S):y,S=y.length-O.length,x=O.map((t=>(0,o.B)(t,{place:s,said:q.startsWith(t.message),elsewhere:(0,i.X)(g)?d.get(t.code)??"nowhere":null})));return a.q`
    <details class="target" id="${f}" data-status="${b}" data-codes="${j}"${m&&" open"}>
      <summary>
        ${(0,r.qS)(b)}
        <span class="name"><h3>${u.target.label}</h3>${p(u)}</span>
        ${v.length>0&&(0,c.bB)(v,n)}
        ${h(u)}
      </summary>
      <div class="body">
        ${!e&&a.q`<p class="message">${(0,r.CS)(q)}</p>`}
        ${x}
        ${S>0&&a.q`<p>${(0,r.U9)(S,"more finding")} in the JSON report.</p>`}
        ${$(u,(0,i.X)(g))}
        ${!(0,i.X)(g)&&v.length>0&&(0,c.Ph)(v,n)}
        ${"whole"===g&&w.length>0&&l(w)}
      </div>
    </details>`})),p=Object((function({code:t,findings:e,latencyMs:n}){const s=e.find((e=>e.code===t))??e[0];if(!s)return a.q`<span class="essence faint">${null===n?"passes":"greets as it should"}</span>`;const o=e.length>1&&` and ${e.length-1} more`;return a.q`<span class="essence">${s.title} <code>${s.code}</code>${o}</span>`})),h=Object((function({latencyMs:t}){return null===t?a.q`<span class="latency"><span class="hidden">no greeting</span><span aria-hidden="true">&ndash;</span></span>`:a.q`<span class="latency"><span class="hidden">greeted after </span>${(0,s.W2)(t)}</span>`})),$=Object((function({target:t,...e},n){const{address:o,addresses:i,banner:c,latencyMs:l,tls:d,capabilities:u,attempts:f,durationMs:p}=e,h=i.filter((({outcome:t})=>"connected"!==t)),$=u??[];return a.q`
    <dl class="facts">
      ${(0,r.fK)("Address",o&&o!==t.host&&a.q`<code>${o}</code>`)}
      ${(0,r.fK)("Not connected",h.length>0&&h.map(g))}
      ${(0,r.fK)("Greeting",c&&a.q`<code>${c}</code>`)}
      ${(0,r.fK)("Time to greeting",!n&&null!==l&&(0,s.W2)(l))}
      ${(0,r.fK)("TLS",d&&`${d.protocol}, ${d.cipher}, ${d.authorized?"verified":"not verified"}`)}
      ${(0,r.fK)("Certificate",d&&function({subject:t,issuer:e,validFrom:n,validTo:s,daysLeft:o}){const r=a.q`${m(n)} to ${m(s)} (${b(o)})`;return a.q`<code>${t}</code> by <code>${e}</code>, ${r}`}(d))}
      ${(0,r.fK)("Offers",$.length>0&&$.map((t=>a.q`<code>${t}</code> `)))}
      ${(0,r.fK)("Attempts",1!==f&&`${f} in ${(0,s.W2)(p)}`)}
    </dl>`}));function g({address:t,outcome:e,errno:n,tookMs:o}){return a.q`<span class="line"><code>${t}</code> ${n??e} after ${(0,s.W2)(o)}</span>`}function m(t){return null===t?"(unreadable)":(0,r.vd)(t)}function b(t){return null===t?"unknown":t>=0?`${(0,r.U9)(t,"day")} left`:-1===t?"expired today":`expired ${(0,r.U9)(-t-1,"day")} ago`}})),3412:Object((function(t,e,n){n.d(e,{KN:()=>g,Ph:()=>i,_K:()=>o,bB:()=>r,o1:()=>f,yo:()=>d});var s=n(3443),a=n(4871);const o=Object((function(t){let e=1;for(const{steps:n}of t)for(const t of n)e=Math.max(e,t.startMs+t.tookMs);const n=10**Math.floor(Math.log10(e/5)),s=[1,2,5,10].map((t=>t*n)).find((t=>e/t<=5))??e;return{endMs:e,markMs:s}})),r=Object((function(t,e){const n=t.filter((({status:t})=>"skipped"!==t));return a.q`
    <svg class="strip" role="img">
      <title>Where the time went</title>
      <desc>${n.map(h).join(", ")}</desc>
      ${n.map((t=>l(t,e)))}
    </svg>`})),i=Object((function(t,e){return a.q`
    <table class="steps">
      <caption>Where the time went</caption>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col">Time</th>
          <th scope="col">${d(e)}</th>
        </tr>
      </thead>
      <tbody>${t.map((t=>c(t,e)))}</tbody>
    </table>`})),c=Object((function(t,e){const{status:n,tookMs:o,because:r}=t,i="skipped"===n;return a.q`
    <tr class="${n}">
      <th scope="row">${m[t.step]}</th>
      <td>${i?"\u2013":(0,s.W2)(o)}</td>
      <td>
        ${i&&a.q`<span class="faint">skipped${r&&`: ${r}`}</span>`}
        ${!i&&a.q`<svg class="strip" aria-hidden="true">${l(t,e)}</svg>`}
        ${"failed"===n&&a.q`<span class="because">&cross; ${r??"failed"}</span>`}
      </td>
    </tr>`})),l=Object((function({step:t,startMs:e,tookMs:n,status:s},{endMs:o}){const r=Math.min(99,e/o*100),i=Math.max(.5,n/o*100),c="failed"===s?"failed":y[t];return a.q`<rect class="k-${c}" x="${g(r)}" width="${g(i)}" />`})),d=Object((function({endMs:t,markMs:e}){const n=Array.from({length:Math.floor(t/e)+1},((t,n)=>n*e));return a.q`
    <svg class="axis" role="img">
      <title>Scale: 0 to ${(0,s.W2)(t)}</title>
      ${n.map((e=>u(e,e/t)))}
    </svg>`})),u=Object((function(t,e){const n=g(100*e);return a.q`
    <line x1="${n}" x2="${n}" y1="75%" y2="100%" />
    <text x="${n}" class="${0===e?"first":e>.9?"last":""}">${$(t)}</text>`})),f=Object((function(t){const e=new Set(t.flatMap((({steps:t})=>t.map((({step:t})=>y[t]))))),n=t.some((({steps:t})=>t.some((({status:t})=>"failed"===t)))),s=Object.entries(b).filter((([t])=>e.has(t)));return n&&s.push(["failed","failed"]),a.q`<ul class="legend" aria-label="Colours of the bars">${s.map(p)}</ul>`})),p=Object((function([t,e]){return a.q`<li><svg aria-hidden="true"><rect class="k-${t}" width="100%" /></svg>${e}</li>`})),h=Object((function({step:t,status:e,tookMs:n,because:a}){const o=m[t];return"failed"===e?`${o} failed after ${(0,s.W2)(n)} (${a})`:`${o} ${(0,s.W2)(n)}`})),$=Object((function(t){return 0===t?"0":t<1?`${Number(t.toFixed(2))} ms`:(0,s.W2)(t)})),g=Object((function(t){return`${Number(t.toFixed(1))}%`})),m={resolve:"resolve",connect:"connect",greeting:"greeting",ehlo:"EHLO",starttls:"STARTTLS",tls:"TLS","ehlo-again":"EHLO again",auth:"AUTH",mail:"MAIL",rcpt:"RCPT",rset:"RSET",quit:"QUIT"},b={resolve:"resolve",connect:"connect",greeting:"greeting, EHLO",tls:"TLS",auth:"AUTH",envelope:"MAIL, RCPT",quit:"QUIT"},y={resolve:"resolve",connect:"connect",greeting:"greeting",ehlo:"greeting",starttls:"tls",tls:"tls","ehlo-again":"greeting",auth:"auth",mail:"envelope",rcpt:"envelope",rset:"envelope",quit:"quit"}})),4871:Object((function(t,e,n){n.d(e,{q:()=>i,O:()=>u});const s=(t,e)=>{const n=new String(t);return n.isEscaped=!0,n.callbacks=e,n},a=/[&<>'"]/,o=(t,e)=>{const n=t.search(a);if(-1===n)return void(e[0]+=t);let s,o,r=0;for(o=n;o<t.length;o++){switch(t.charCodeAt(o)){case 34:s="&quot;";break;case 39:s="&#39;";break;case 38:s="&amp;";break;case 60:s="&lt;";break;case 62:s="&gt;";break;default:continue}e[0]+=t.substring(r,o)+s,r=o+1}e[0]+=t.substring(r,o)};var r=n(2840);const i=Object((function(t,...e){let n=f.get(t);if(void 0===n){const e=t.map((t=>t.replace(d,"")));n=Object.assign(e,{raw:e}),f.set(t,n)}return((t,...e)=>{const n=[""];for(let s=0,a=t.length-1;s<a;s++){n[0]+=t[s];const a=Array.isArray(e[s])?e[s].flat(1/0):[e[s]];for(let t=0,e=a.length;t<e;t++){const e=a[t];if("string"==typeof e)o(e,n);else if("number"==typeof e)n[0]+=e;else{if("boolean"==typeof e||null==e)continue;if("object"==typeof e&&e.isEscaped)if(e.callbacks)n.unshift("",e);else{const t=e.toString();t instanceof Promise?n.unshift("",t):n[0]+=t}else e instanceof Promise?n.unshift("",e):o(e.toString(),n)}}}return n[0]+=t.at(-1),1===n.length?s("callbacks"in n?(t=>{const e=t.callbacks;if(!e?.length)return t;const n=[t],s={};return e.forEach((t=>t({phase:1,buffer:n,context:s}))),n[0]})(s(n[0],n.callbacks)):n[0]):(async(t,e)=>{let n="";e||=[];const a=await Promise.all(t);for(let t=a.length-1;n+=a[t],t--,!(t<0);t--){let s=a[t];if(null==s||"boolean"==typeof s)continue;if("number"==typeof s){n+=s;continue}"object"==typeof s&&e.push(...s.callbacks||[]);const r=s.isEscaped;if(s=await("object"==typeof s?s.toString():s),"object"==typeof s&&e.push(...s.callbacks||[]),s.isEscaped??r)n+=s;else{const t=[n];o(s,t),n=t[0]}}return s(n,e)})(n,n.callbacks)})(n,...e.map(c))})),c=Object((function t(e){return"string"==typeof e?(0,r.pj)(e,l):Array.isArray(e)?e.map(t):e})),l=16e3,d=/\n +/g,u=t=>s(t),f=new WeakMap}))};
//# sourceMappingURL=878.index.js.map