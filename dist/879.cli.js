"use strict";exports.id=879,exports.ids=[879],exports.modules={4879:Object((function(t,e,n){n.r(e),n.d(e,{htmlReport:()=>H});var s=n(3752),a=n(3463),o=n(1690),i=n(4871),r=n(2840),l=n(3633),c=n(4992),d=n(3412);const f=Object((function(t){const e=u(t);if(0===e.length)return null;const n=Date.parse(t.startedAt),s=function(t,e){const n=Math.max(e-p,Math.min(e,...t.map((t=>t.from)))),s=Math.min(e+g,Math.max(e+h,...t.map((t=>t.to))));return{from:n,to:s,at:t=>Math.min(100,Math.max(0,(t-n)/(s-n)*100))}}(e,n),a=e.length-m;return i.q`
    <section aria-labelledby="certificates">
      <h2 id="certificates">Certificates</h2>
      <table class="certificates">
        <thead>
          <tr>
            <th scope="col">Certificate</th>
            <th scope="col"><span class="hidden">Validity</span>${function(t,e){const n=new Date(t.from).getUTCFullYear()+1,s=Array.from({length:4},((t,e)=>n+e)).filter((e=>Date.UTC(e)<t.to)),a=t.at(e);return i.q`
    <svg class="axis" aria-hidden="true">
      ${s.map((e=>function(t,e,n){const s=i.q`<text x="${(0,d.KN)(e)}" class="${e>90?"year last":"year"}">${t}</text>`;return i.q`<line x1="${(0,d.KN)(e)}" x2="${(0,d.KN)(e)}" y1="75%" y2="100%" />${Math.abs(e-n)>16&&s}`}(e,t.at(Date.UTC(e)),a)))}
      <line x1="${(0,d.KN)(a)}" x2="${(0,d.KN)(a)}" y1="75%" y2="100%" />
      <text class="today ${a<10?"first":a>90?"last":""}" x="${(0,d.KN)(a)}">today</text>
    </svg>`}(s,n)}</th>
            <th scope="col">Left</th>
          </tr>
        </thead>
        <tbody>${e.slice(0,m).map((t=>function({tls:t,from:e,to:n,labels:s},a,o){const{subject:f,issuer:u,validFrom:h,validTo:p,daysLeft:g}=t,[m="",...v]=s,y=g<0?"fail":g<$?"warn":"pass",[w,x,q]=[a.at(e),a.at(n),(0,d.KN)(a.at(o))];return i.q`
    <tr>
      <th scope="row">
        ${(0,r.pj)(f,b)}
        <span class="faint line">by ${(0,r.pj)(u,b)}</span>
        <span class="faint line">${m}${v.length>0&&` and ${(0,l.U9)(v.length,"more target")}`}</span>
      </th>
      <td>
        <svg class="validity" role="img">
          <title>Validity</title>
          <desc>${h.slice(0,10)} to ${p.slice(0,10)}, ${(0,c.X)(g)}</desc>
          <rect class="${y}" x="${(0,d.KN)(w)}" width="${(0,d.KN)(Math.max(.5,x-w))}" />
          <line x1="${q}" x2="${q}" y2="100%" />
        </svg>
        <span class="dates">${(0,l.vd)(h)} &ndash; ${(0,l.vd)(p)}</span>
      </td>
      <td class="left ${y}">${(0,c.X)(g)}</td>
    </tr>`}(t,s,n)))}</tbody>
      </table>
      ${a>0&&i.q`<p class="faint">${(0,l.U9)(a,"more certificate")}, which last longer, in the JSON report.</p>`}
    </section>`})),u=Object((function({targets:t}){const e=new Map;for(const{tls:n,target:s}of t){if(null===n||null===n.validFrom||null===n.validTo||null===n.daysLeft)continue;const{validFrom:t,validTo:a,daysLeft:o}=n,i=JSON.stringify([n.subject,n.issuer,n.validFrom,n.validTo]),r=e.get(i);if(r)r.labels.push(s.label);else{const r={from:Date.parse(t),to:Date.parse(a)};e.set(i,{tls:{...n,validFrom:t,validTo:a,daysLeft:o},...r,labels:[s.label]})}}return[...e.values()].filter((({from:t,to:e})=>Number.isFinite(t)&&Number.isFinite(e))).sort(((t,e)=>t.to-e.to))})),h=864e5,p=400*h,g=800*h,m=30,$=21,b=120;var v=n(1846),y=n(7522);const w=Object((function(t,e,n=0){const s=C-n,a=t.targets.toSorted(((t,e)=>M[t.status]-M[e.status])),o=(0,d._K)(a),i=a.map(((t,e)=>x(t,e,"whole",a.length))),r=(t,n)=>Buffer.byteLength(String((0,c.a)(t,!1,{scale:o,place:e,explainedAt:n})));if(a.length<=S){const t=q(i);if(JSON.stringify(a).length*j<=s||i.reduce(((e,n)=>e+r(n,t)),0)<=s)return{shown:i,scale:o,explainedAt:t,omitted:new Map}}return function(t,e,n,s){const a=q(A(t)),o=new Map,i=new Map;let r=s;for(const e of(0,v.C)(t,(({target:t})=>t.code))){const t=e.target.findings.length>y.S?"row":"brief",s=n({...e,detail:t},a);if(r-s<k)break;r-=s,o.set(e.id,s),i.set(e.id,t)}const l=t.flatMap((t=>{const e=i.get(t.id);return void 0===e?[]:[{...t,detail:e}]})),c=(t,e)=>{const s={...l[t],detail:e},i=n(s,a),c=i-(o.get(s.id)??0);c>r||(r-=c,l[t]=s,o.set(s.id,i))};for(const[t,{detail:e}]of l.entries())"row"===e&&c(t,"brief");const d=new Set(A(l).map((({id:t})=>t)));for(const[t,{id:e}]of l.entries())d.has(e)&&c(t,"explained");for(const[t,{detail:e,target:n}]of l.entries())"explained"!==e&&0!==n.findings.length||c(t,"whole");const f=new Map;for(const{id:e,target:n}of t)o.has(e)||f.set(n.status,(f.get(n.status)??0)+1);return{shown:l,scale:e,explainedAt:q(l),omitted:f}}(i,o,r,s)})),x=Object((function(t,e,n,s){return{target:t,id:`t${e+1}`,detail:n,open:1===s||s<=N&&t.findings.length>0}})),q=Object((function(t){const e=new Map;for(const{target:n,id:s,detail:a}of t)if(!(0,y.X)(a))for(const{code:t}of n.findings)e.has(t)||e.set(t,{id:s,label:n.target.label});return e})),S=50,j=8,O=3,C=84e4,k=8e4,N=5,M={fail:0,warn:1,info:2,skip:3,pass:4};function A(t){const e=new Map;return t.filter((({target:t})=>{const n=t.findings.some((({code:t})=>(e.get(t)??0)<O));if(n)for(const{code:n}of t.findings)e.set(n,(e.get(n)??0)+1);return n}))}var T=n(5514);function L({targets:t}){const e=new Map;for(const{findings:n}of t)for(const{code:t,status:s,title:a}of new Map(n.map((t=>[t.code,t]))).values()){const n=(e.get(t)?.times??0)+1;e.set(t,{status:s,title:a,...e.get(t),code:t,times:n})}return[...e.values()].sort(((t,e)=>e.times-t.times))}var D=n(3024),E=n(3443),K=(n(5291),n(7123),n(3257));const U=Object((function(t,e="fail"){const n=(0,K.VC)(t,e)?`, and fail-on: ${e} fails the step`:"";return`${F(t,""===n)}${n}`})),F=Object((function({status:t,code:e,targets:n,totals:s},a){if("input-invalid"===e)return"an input cannot be read";if("probe-crashed"===e)return"smtp-gate itself failed";if("not-configured"===e)return z.skip;if(n.some((({findings:t})=>t.some((t=>t.ignored))))&&"fail"!==t&&a)return"the gate passes, and leaves out what is ignored";if(n.length<=1)return z[t];if(s.fail>0){const e="fail"===t?"":", and the others are enough";return`${s.fail} of ${n.length} mail servers cannot be used${e}`}if("pass"===t)return`all ${n.length} mail servers can be used`;const o=s.pass+s.skip;return`${n.length-o} of ${n.length} mail servers ask for attention`})),z={pass:"the mail server can be used",info:"something answers, and it is not SMTP",warn:"the mail server can be used, with a warning",fail:"the mail server cannot be used",skip:"nothing was probed"},V=Object((function({status:t,message:e,startedAt:n,totals:s},a){return i.q`
    <header class="verdict ${t}">
      <div class="width">
        <p class="brand"><strong>smtp-gate</strong> ${(0,l.kB)(n)}</p>
        <h1>
          ${(0,l.Gy)(t)}
          <span><span class="hidden">${t}: </span>${a}</span>
        </h1>
        <p class="lead">${(0,l.CS)(e.replace(X,s.fail>1?"The first of them: ":""))}</p>
      </div>
    </header>`})),B=Object((function(t,e){const{targets:n,fail:s,warn:a,info:o,skip:i}=t.totals,r=t.targets.some((({findings:t})=>t.some((t=>t.ignored)))),c=s>0||!r&&o+i===0&&!(0,K.VC)(t,e);if(n<=1||!c)return J(U(t,e));const d=(0,l.U9)(n,"mail server");return s===n?`None of ${d} can be used`:"fail"===t.status?`${(0,l.zD)(s)} of ${d} cannot be used`:s>0?`Enough mail servers can be used: ${(0,l.zD)(n-s)} of ${(0,l.zD)(n)}`:`All ${d} can be used${a>0?`, ${(0,l.zD)(a)} with a warning`:""}`})),J=Object((function(t){return t.charAt(0).toUpperCase()+t.slice(1)})),R=Object((function({runner:t,run:e,durationMs:n,totals:s}){const a=[I[t.environment]??t.environment,t.os,...t.kubernetes?["in Kubernetes"]:t.container?["in a container"]:[]];return i.q`
    <section aria-labelledby="circumstances">
      <h2 id="circumstances" class="hidden">When and where</h2>
      <dl class="facts circumstances">
        ${(0,l.fK)("Targets",s.targets>1&&function(t){const e=G.filter((e=>t[e]>0)).map((e=>`${(0,l.zD)(t[e])} ${e}`));return`${(0,l.zD)(t.targets)}: ${e.join(", ")}`}(s))}
        ${(0,l.fK)("Took",(0,E.W2)(n))}
        ${(0,l.fK)("Runner",a.join(", "))}
        ${e&&function({url:t,repository:e,workflow:n,runId:s,attempt:a,sha:o,ref:r,event:c}){const d=`${e}, ${n} ${s}${a>1?` (attempt ${a})`:""}`,f=r.replace(/^refs\/(?:heads|tags)\//,"");return i.q`
    ${(0,l.fK)("Run",(0,l.nf)(t,i.q`${d}`))}
    ${(0,l.fK)("Commit",i.q`<code>${[...o].slice(0,9)}</code> ${f} (${c})`)}`}(e)}
      </dl>
    </section>`})),W=Object((function(t){if(0===t.length)return null;const e=t.length-v.q;return i.q`
    <section aria-labelledby="notes">
      <h2 id="notes">Notes</h2>
      <ul>
        ${t.slice(0,v.q).map((t=>i.q`<li>${(0,l.CS)((0,r.pj)(t,P))}</li>`))}
        ${e>0&&i.q`<li>${(0,l.U9)(e,"more note")} in the JSON report.</li>`}
      </ul>
    </section>`})),X=/^\d+ of \d+ targets cannot be used: /,I={"github-hosted":"GitHub-hosted","self-hosted":"self-hosted",local:"local machine"},G=[...s.f.toReversed(),"skip"],P=300,H=Object((function(t,e,n=null,s="fail"){const a=Y(t,n),o=w(t,e,null===a?0:Buffer.byteLength(String(a)));return`${_(t,e,{sentence:B(t,s),contents:o,trend:a})}\n`})),Y=Object((function({trend:t,startedAt:e},n){return n&&t&&t.runs>1?n(t,e):null})),_=Object((function(t,e,{sentence:s,contents:r,trend:c}){const d=Z(),u=t.findings.length>0&&function({findings:t,message:e},n){const s=t.map((t=>(0,T.B)(t,{place:n,said:e===t.message,elsewhere:null})));return i.q`
    <section aria-labelledby="own" class="own">
      <h2 id="own">What was found</h2>
      ${s}
    </section>`}(t,e);return i.q`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${Q(d)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="generator" content="${a.y.name} ${a.y.version}" />
        <title>${o.SV[t.status]} ${s} &ndash; smtp-gate</title>
        <style nonce="${d}">${(0,i.O)((0,D.readFileSync)(n.ab+"page.css","utf8"))}</style>
      </head>
      <body>
        <a class="skip-link" href="#main">Skip to the report</a>
        ${V(t,s)}
        <main id="main" class="width" tabindex="-1">
          ${R(t)}
          ${u}
          ${t.targets.length>1&&function(t,e){return 0===t.length?null:i.q`
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
        <tbody>${t.map((t=>function({code:t,status:e,title:n,times:s},a){return i.q`
    <tr>
      <td>${(0,l.qS)(e)}</td>
      <th scope="row">
        ${a?i.q`<a href="#${a.id}">${n}</a>`:i.q`<span>${n}</span>`} <code>${t}</code>
      </th>
      <td class="number">${(0,l.zD)(s)}</td>
    </tr>`}(t,e.explainedAt.get(t.code))))}</tbody>
      </table>
    </section>`}(L(t),r)}
          ${t.targets.length>0&&tt(t,e,r)}
          ${c}
          ${f(t)}
          ${W(t.notes)}
        </main>
        <footer class="width">
          Written by ${a.y.name} ${a.y.version}. The JSON report holds everything that was seen.
        </footer>
        <p id="announcement" class="hidden" role="status"></p>
        <script nonce="${d}">${(0,i.O)(nt)}</script>
      </body>
    </html>`})),Q=Object((function(t){const e=`'nonce-${t}'`;return`default-src 'none'; style-src ${e}; script-src ${e}; base-uri 'none'; form-action 'none'`})),Z=Object((function(){return Array.from({length:4},(()=>Math.random().toString(36).slice(2))).join("")})),tt=Object((function({targets:t,message:e},n,a){const{shown:o,scale:r,explainedAt:f}=a,u=o.length>1,h=o.map((t=>(0,c.a)(t,t.target.message===e,{scale:r,place:n,explainedAt:f})));return i.q`
    <section aria-labelledby="targets">
      <h2 id="targets">${u?"Targets":"The target"}</h2>
      ${u&&function(t,e){const n=e=>t.filter((({target:t})=>t.status===e)).length,a=[...s.f.toReversed(),"skip"];return i.q`
    <search id="search" aria-label="Filter the targets" hidden>
      <form id="filters" class="filters">
        <fieldset>
          <legend>Status</legend>
          ${a.filter((t=>n(t)>0)).map((t=>function(t,e){return i.q`
    <label>
      <input type="checkbox" name="status" value="${t}" />
      ${(0,l.qS)(t)} ${(0,l.zD)(e)}
    </label>`}(t,n(t))))}
        </fieldset>
        ${e.length>0&&function(t){return i.q`
    <label class="field">
      <span>Code</span>
      <select name="code">
        <option value="">any</option>
        ${t.map((({code:t,times:e})=>i.q`<option value="${t}">${t} (${(0,l.zD)(e)})</option>`))}
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
    </search>`}(o,L({targets:o.map((({target:t})=>t))}))}
      ${et(a)}
      <div class="ruler" aria-hidden="true">
        ${(0,d.o1)(t)}
        ${(0,d.yo)(r)}
        <span class="to-greeting">greeting</span>
      </div>
      <div class="targets">${h}</div>
      <p id="nothing" hidden>No target is like that.</p>
    </section>`})),et=Object((function({shown:t,omitted:e}){const n=t.filter((({detail:t,target:e})=>"whole"!==t&&e.transcript.length>0)).length,a=t.filter((({detail:t,target:e})=>(0,y.X)(t)&&e.findings.length>0)).length,o=t.filter((({detail:t,target:e})=>"row"===t&&e.findings.length>y.S)).length,r=[...s.f,"skip"].filter((t=>e.has(t))),c=r.reduce(((t,n)=>t+(e.get(n)??0)),0),d=[...n>0?[`the conversations of ${(0,l.U9)(n,"target")}`]:[],...a>0?[`causes and remedies that repeat, of ${(0,l.U9)(a,"target")}`]:[],...o>0?[`more than ${y.S} findings of ${(0,l.U9)(o,"target")}`]:[],...c>0?[`${(0,l.U9)(c,"target")} (${r.map((t=>`${(0,l.zD)(e.get(t)??0)} ${t}`)).join(", ")})`]:[]];if(0===d.length)return null;const f=d.join("; ");return i.q`
    <p class="left-out">
      <strong>Left out to keep this page small:</strong> ${f}. Everything is in the JSON report.
    </p>`})),nt=`(${function(){const t=t=>document.getElementById(t),e=[...document.querySelectorAll("details.target")],n=t("announcement");function s(t){const e=document.createElement("button");e.type="button",e.className="copy",e.textContent="Copy";const s=[...t.querySelectorAll("code")].map((t=>(t.textContent??"").trimEnd())).join("\n"),a=t=>{e.textContent=t,n&&(n.textContent=t),setTimeout((()=>{e.textContent="Copy",n&&(n.textContent="")}),2e3)};e.addEventListener("click",(async()=>{try{await navigator.clipboard.writeText(s),a("Copied")}catch{getSelection()?.selectAllChildren(t),a("Selected")}}));const o=document.createElement("div");o.className="copyable",t.replaceWith(o),o.append(t,e)}function a(){const e=t(location.hash.slice(1));e?.matches("details.target")&&(e.hidden&&t("filters")?.reset(),e.hidden=!1,e.open=!0,e.scrollIntoView(),e.querySelector("summary")?.focus({preventScroll:!0}))}let o=[];addEventListener("beforeprint",(()=>{o=[...document.querySelectorAll("details:not([open])")];for(const t of o)t.open=!0})),addEventListener("afterprint",(()=>{for(const t of o)t.open=!1;o=[]}));const i=t("filters");i&&function(n){let s;const a=t=>[...t.querySelectorAll("h3, .essence, .message, .finding h4, .finding > p, .finding > pre, .facts dd")].map((t=>t.textContent)).join(" ").toLowerCase();function o(){const o=new FormData(n),i=o.getAll("status"),r=o.get("code")||"",l=String(o.get("text")).toLowerCase().split(/\s+/).filter(Boolean);l.length>0&&(s??=e.map(a));let c=0;e.forEach(((t,e)=>{const{status:n="",codes:a=""}=t.dataset,o=(0===i.length||i.includes(n))&&(""===r||a.split(" ").includes(String(r)))&&l.every((t=>s?.[e]?.includes(t)));t.hidden===o&&(t.hidden=!o),o&&c++}));const d=t("shown"),f=`${e.length} ${1===e.length?"target":"targets"}`;d&&(d.textContent=c===e.length?f:`${c} of ${f}`);const u=t("nothing");u&&(u.hidden=c>0)}const i=t=>{for(const n of e)n.hidden||(n.open=t)};n.addEventListener("input",o),n.addEventListener("submit",(t=>t.preventDefault())),n.addEventListener("reset",(()=>setTimeout(o))),t("open-all")?.addEventListener("click",(()=>i(!0))),t("close-all")?.addEventListener("click",(()=>i(!1)));const r=t("search");r&&(r.hidden=!1),o()}(i);for(const t of document.querySelectorAll("pre.commands"))s(t);addEventListener("hashchange",a),a()}})();`})),3257:Object((function(t,e,n){n.d(e,{N6:()=>o,VC:()=>a});var s=n(2229);const a=Object((function({status:t},e){return"fail"!==t&&(0,s.ug)(t,e)}));function o(t,e,n){const a="fail"===t&&function({status:t,totals:e}){return e.fail>0&&"fail"!==t}(e)?"warn":t;return"fail"===a||(0,s.ug)(a,n)}}))};
//# sourceMappingURL=879.cli.js.map