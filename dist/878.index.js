"use strict";exports.id=878,exports.ids=[878],exports.modules={5514:Object((function(e,t,n){n.d(t,{B:()=>o});var r=n(1690),a=n(1846),i=n(4871),s=n(3633);function o(e,{place:t,said:n,elsewhere:r}){const{code:o,status:d,title:f,message:p,impact:m,evidence:u,verify:h,docs:g,ignored:b}=e;return i.q`
    <section class="finding">
      <h4>${(0,s.qS)(d)} ${f} <code>${o}</code>${b&&i.q`<span class="faint"> (ignored)</span>`}</h4>
      ${!n&&i.q`<p>${(0,s.CS)(p)}</p>`}
      <h5>Seen</h5>
      <pre><code>${u}</code></pre>
      ${null===r&&i.q`<p><strong>Why it matters:</strong> ${m}</p>`}
      ${null===r?function({causes:e,remedies:t},n){const r=t.filter((({environment:e})=>e===n||"any"===e)),o=t.filter((e=>!r.includes(e)));return i.q`
    <h5>${1===e.length?"Likely cause":"Likely causes, the likeliest first"}</h5>
    <ol>${e.slice(0,a.q).map((e=>i.q`<li>${(0,s.CS)(e)}</li>`))}</ol>
    ${l(e)}
    <h5>What to do</h5>
    ${c(r)}
    ${l(r)}
    ${o.length>0&&function(e){return i.q`
    <details class="others">
      <summary>On other kinds of runner</summary>
      ${c(e)}
    </details>`}(o)}`}(e,t):function(e){return"nowhere"===e?i.q`<p>Causes and remedies are in the JSON report.</p>`:i.q`<p>Causes and remedies are those of <a href="#${e.id}">${e.label}</a>.</p>`}(r)}
      <h5>To check the fix</h5>
      ${(0,s.Zm)([h])}
      ${(null===r||"nowhere"===r)&&i.q`<p>${(0,s.nf)(g,i.q`More about <code>${o}</code>`)}</p>`}
    </section>`}function l(e){return e.length>a.q?i.q`<p>${(0,s.zD)(e.length-a.q)} more in the JSON report.</p>`:null}function c(e){return i.q`<ul class="remedies">${e.slice(0,a.q).map(d)}</ul>`}function d({environment:e,text:t,commands:n}){return i.q`
    <li>
      <p>${"any"!==e&&i.q`<strong>${r.TI[e]}: </strong>`}${(0,s.CS)(t)}</p>
      ${n.length>0&&(0,s.Zm)(n)}
    </li>`}})),2878:Object((function(e,t,n){n.r(t),n.d(t,{htmlReport:()=>X});var r=n(3752),a=n(3463),i=n(1690),s=n(4871),o=n(2840),l=n(3633),c=n(4992),d=n(3412);const f=Object((function(e){const t=p(e);if(0===t.length)return null;const n=Date.parse(e.startedAt),r=function(e,t){const n=Math.max(t-u,Math.min(t,...e.map((e=>e.from)))),r=Math.min(t+h,Math.max(t+m,...e.map((e=>e.to))));return{from:n,to:r,at:e=>Math.min(100,Math.max(0,(e-n)/(r-n)*100))}}(t,n),a=t.length-g;return s.q`
    <section aria-labelledby="certificates">
      <h2 id="certificates">Certificates</h2>
      <table class="certificates">
        <thead>
          <tr>
            <th scope="col">Certificate</th>
            <th scope="col"><span class="hidden">Validity</span>${function(e,t){const n=new Date(e.from).getUTCFullYear()+1,r=Array.from({length:4},((e,t)=>n+t)).filter((t=>Date.UTC(t)<e.to)),a=e.at(t);return s.q`
    <svg class="axis" aria-hidden="true">
      ${r.map((t=>function(e,t,n){const r=s.q`<text x="${(0,d.KN)(t)}" class="${t>90?"year last":"year"}">${e}</text>`;return s.q`<line x1="${(0,d.KN)(t)}" x2="${(0,d.KN)(t)}" y1="75%" y2="100%" />${Math.abs(t-n)>16&&r}`}(t,e.at(Date.UTC(t)),a)))}
      <line x1="${(0,d.KN)(a)}" x2="${(0,d.KN)(a)}" y1="75%" y2="100%" />
      <text class="today ${a<10?"first":a>90?"last":""}" x="${(0,d.KN)(a)}">today</text>
    </svg>`}(r,n)}</th>
            <th scope="col">Left</th>
          </tr>
        </thead>
        <tbody>${t.slice(0,g).map((e=>function({tls:e,from:t,to:n,labels:r},a,i){const{subject:f,issuer:p,validFrom:m,validTo:u,daysLeft:h}=e,[g="",...v]=r,y=h<0?"fail":h<b?"warn":"pass",[w,x,k]=[a.at(t),a.at(n),(0,d.KN)(a.at(i))];return s.q`
    <tr>
      <th scope="row">
        ${(0,o.pj)(f,$)}
        <span class="faint line">by ${(0,o.pj)(p,$)}</span>
        <span class="faint line">${g}${v.length>0&&` and ${(0,l.U9)(v.length,"more target")}`}</span>
      </th>
      <td>
        <svg class="validity" role="img">
          <title>Validity</title>
          <desc>${m.slice(0,10)} to ${u.slice(0,10)}, ${(0,c.X)(h)}</desc>
          <rect class="${y}" x="${(0,d.KN)(w)}" width="${(0,d.KN)(Math.max(.5,x-w))}" />
          <line x1="${k}" x2="${k}" y2="100%" />
        </svg>
        <span class="dates">${(0,l.vd)(m)} &ndash; ${(0,l.vd)(u)}</span>
      </td>
      <td class="left ${y}">${(0,c.X)(h)}</td>
    </tr>`}(e,r,n)))}</tbody>
      </table>
      ${a>0&&s.q`<p class="faint">${(0,l.U9)(a,"more certificate")}, which last longer, in the JSON report.</p>`}
    </section>`})),p=Object((function({targets:e}){const t=new Map;for(const{tls:n,target:r}of e){if(null===n)continue;const e=JSON.stringify([n.subject,n.issuer,n.validFrom,n.validTo]),a=t.get(e);a?a.labels.push(r.label):t.set(e,{tls:n,from:Date.parse(n.validFrom),to:Date.parse(n.validTo),labels:[r.label]})}return[...t.values()].filter((({from:e,to:t})=>Number.isFinite(e)&&Number.isFinite(t))).sort(((e,t)=>e.to-t.to))})),m=864e5,u=400*m,h=800*m,g=30,b=21,$=120;var v=n(1846),y=n(7522);const w=Object((function(e,t,n=0){const r=S-n,a=e.targets.toSorted(((e,t)=>C[e.status]-C[t.status])),i=(0,d._K)(a),s=a.map(((e,t)=>x(e,t,"whole",a.length))),o=(e,n)=>Buffer.byteLength(String((0,c.a)(e,!1,{scale:i,place:t,explainedAt:n})));if(a.length<=q){const e=k(s);if(JSON.stringify(a).length*j<=r||s.reduce(((t,n)=>t+o(n,e)),0)<=r)return{shown:s,scale:i,explainedAt:e,omitted:new Map}}return function(e,t,n,r){const a=k(T(e)),i=new Map,s=new Map;let o=r;for(const t of(0,v.C)(e,(({target:e})=>e.code))){const e=t.target.findings.length>y.S?"row":"brief",r=n({...t,detail:e},a);if(o-r<M)break;o-=r,i.set(t.id,r),s.set(t.id,e)}const l=e.flatMap((e=>{const t=s.get(e.id);return void 0===t?[]:[{...e,detail:t}]})),c=(e,t)=>{const r={...l[e],detail:t},s=n(r,a),c=s-(i.get(r.id)??0);c>o||(o-=c,l[e]=r,i.set(r.id,s))};for(const[e,{detail:t}]of l.entries())"row"===t&&c(e,"brief");const d=new Set(T(l).map((({id:e})=>e)));for(const[e,{id:t}]of l.entries())d.has(t)&&c(e,"explained");for(const[e,{detail:t,target:n}]of l.entries())"explained"!==t&&0!==n.findings.length||c(e,"whole");const f=new Map;for(const{id:t,target:n}of e)i.has(t)||f.set(n.status,(f.get(n.status)??0)+1);return{shown:l,scale:t,explainedAt:k(l),omitted:f}}(s,i,o,r)})),x=Object((function(e,t,n,r){return{target:e,id:`t${t+1}`,detail:n,open:1===r||r<=z&&e.findings.length>0}})),k=Object((function(e){const t=new Map;for(const{target:n,id:r,detail:a}of e)if(!(0,y.X)(a))for(const{code:e}of n.findings)t.has(e)||t.set(e,{id:r,label:n.target.label});return t})),q=50,j=8,O=3,S=84e4,M=8e4,z=5,C={fail:0,warn:1,info:2,skip:3,pass:4};function T(e){const t=new Map;return e.filter((({target:e})=>{const n=e.findings.some((({code:e})=>(t.get(e)??0)<O));if(n)for(const{code:n}of e.findings)t.set(n,(t.get(n)??0)+1);return n}))}var A=n(5514);function L({targets:e}){const t=new Map;for(const{findings:n}of e)for(const{code:e,status:r,title:a}of new Map(n.map((e=>[e.code,e]))).values()){const n=(t.get(e)?.times??0)+1;t.set(e,{status:r,title:a,...t.get(e),code:e,times:n})}return[...t.values()].sort(((e,t)=>t.times-e.times))}var N=n(3443),K=n(5861),E=n(3257);const U=Object((function({status:e,message:t,startedAt:n,totals:r},a){return s.q`
    <header class="verdict ${e}">
      <div class="width">
        <p class="brand"><strong>smtp-gate</strong> ${(0,l.kB)(n)}</p>
        <h1>
          ${(0,l.Gy)(e)}
          <span><span class="hidden">${e}: </span>${a}</span>
        </h1>
        <p class="lead">${(0,l.CS)(t.replace(R,r.fail>1?"The first of them: ":""))}</p>
      </div>
    </header>`})),D=Object((function(e,t){const{targets:n,fail:r,warn:a,info:i,skip:s}=e.totals,o=e.targets.some((({findings:e})=>e.some((e=>e.ignored)))),c=r>0||!o&&i+s===0&&!(0,E.VC)(e,t);if(n<=1||!c)return W((0,K.P)(e,t));const d=(0,l.U9)(n,"mail server");return r===n?`None of ${d} can be used`:"fail"===e.status?`${(0,l.zD)(r)} of ${d} cannot be used`:r>0?`Enough mail servers can be used: ${(0,l.zD)(n-r)} of ${(0,l.zD)(n)}`:`All ${d} can be used${a>0?`, ${(0,l.zD)(a)} with a warning`:""}`})),W=Object((function(e){return e.charAt(0).toUpperCase()+e.slice(1)})),F=Object((function({runner:e,run:t,durationMs:n,totals:r}){const a=[J[e.environment]??e.environment,e.os,...e.kubernetes?["in Kubernetes"]:e.container?["in a container"]:[]];return s.q`
    <section aria-labelledby="circumstances">
      <h2 id="circumstances" class="hidden">When and where</h2>
      <dl class="facts circumstances">
        ${(0,l.fK)("Targets",r.targets>1&&function(e){const t=I.filter((t=>e[t]>0)).map((t=>`${(0,l.zD)(e[t])} ${t}`));return`${(0,l.zD)(e.targets)}: ${t.join(", ")}`}(r))}
        ${(0,l.fK)("Took",(0,N.W2)(n))}
        ${(0,l.fK)("Runner",a.join(", "))}
        ${t&&function({url:e,repository:t,workflow:n,runId:r,attempt:a,sha:i,ref:o,event:c}){const d=`${t}, ${n} ${r}${a>1?` (attempt ${a})`:""}`,f=o.replace(/^refs\/(?:heads|tags)\//,"");return s.q`
    ${(0,l.fK)("Run",(0,l.nf)(e,s.q`${d}`))}
    ${(0,l.fK)("Commit",s.q`<code>${[...i].slice(0,9)}</code> ${f} (${c})`)}`}(t)}
      </dl>
    </section>`})),B=Object((function(e){if(0===e.length)return null;const t=e.length-v.q;return s.q`
    <section aria-labelledby="notes">
      <h2 id="notes">Notes</h2>
      <ul>
        ${e.slice(0,v.q).map((e=>s.q`<li>${(0,l.CS)((0,o.pj)(e,P))}</li>`))}
        ${t>0&&s.q`<li>${(0,l.U9)(t,"more note")} in the JSON report.</li>`}
      </ul>
    </section>`})),R=/^\d+ of \d+ targets cannot be used: /,J={"github-hosted":"GitHub-hosted","self-hosted":"self-hosted",local:"local machine"},I=[...r.f.toReversed(),"skip"],P=300,X=Object((function(e,t,n=null,r="fail"){const a=V(e,n),i=w(e,t,null===a?0:Buffer.byteLength(String(a)));return`${H(e,t,{sentence:D(e,r),contents:i,trend:a})}\n`})),V=Object((function({trend:e,startedAt:t},n){return n&&e&&e.runs>1?n(e,t):null})),H=Object((function(e,t,{sentence:n,contents:r,trend:o}){const c=Z(),d=e.findings.length>0&&function({findings:e,message:t},n){const r=e.map((e=>(0,A.B)(e,{place:n,said:t===e.message,elsewhere:null})));return s.q`
    <section aria-labelledby="own" class="own">
      <h2 id="own">What was found</h2>
      ${r}
    </section>`}(e,t);return s.q`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${G(c)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="generator" content="${a.y.name} ${a.y.version}" />
        <title>${i.SV[e.status]} ${n} &ndash; smtp-gate</title>
        <style nonce="${c}">${(0,s.O)('\n:root {\n  --ground: #f4f5f7; --card: #fff; --text: #1a1f27; --faint: #575f6b; --line: #d9dee5; --code: #eef0f3; --link: #0a55b0;\n  --pass: #17643a; --pass-soft: #e3f4ea; --info: #0b5394; --info-soft: #e5f0fb; --warn: #854600; --warn-soft: #fdf0d9;\n  --fail: #b01e17; --fail-soft: #fdeae8; --skip: #4b5563; --skip-soft: #eceef1;\n  --resolve: #64748b; --connect: #2f6fde; --greeting: #0c8f83; --tls: #7b45d8; --auth: #b7791f; --envelope: #5f7d12;\n  --quit: #a3adba; --failed: #d6312a;\n  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace;\n}\n@media screen and (prefers-color-scheme: dark) {\n  :root {\n    --ground: #0f1318; --card: #181d24; --text: #e6eaf0; --faint: #a0aab8; --line: #2d3540; --code: #222933;\n    --link: #82b8ff; --pass: #7fd8a4; --pass-soft: #12301f; --info: #90c5ff; --info-soft: #132a42; --warn: #f3c26f;\n    --warn-soft: #35260b; --fail: #ff9d93; --fail-soft: #421815; --skip: #b4bdc9; --skip-soft: #262d36;\n    --resolve: #94a3b8; --connect: #5b94f5; --greeting: #2bb5a7; --tls: #a57cf0; --auth: #dba13f; --envelope: #9cbb45;\n    --quit: #5c6775; --failed: #ff6b61;\n  }\n}\n* { box-sizing: border-box; }\nhtml { scroll-padding-top: 1rem; }\nbody { margin: 0; background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif; overflow-wrap: anywhere; }\n[hidden] { display: none !important; }\n.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }\n.width { max-width: 68rem; margin: 0 auto; padding: 0 1rem; }\n.faint { color: var(--faint); }\n.line { display: block; }\na { color: var(--link); text-underline-offset: .15em; }\n:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }\nmain:focus { outline: none; }\n.skip-link { position: absolute; left: 1rem; top: -5rem; padding: .5rem 1rem; background: var(--card); z-index: 2; }\n.skip-link:focus { top: .5rem; }\nh2 { margin: 2.5rem 0 .75rem; font-size: 1.3rem; line-height: 1.3; }\nh3, h4, h5 { margin: 0; line-height: 1.35; }\ncode, pre { font-family: var(--mono); font-size: .9em; unicode-bidi: isolate; }\npre { margin: .25rem 0 .5rem; padding: .6rem .75rem; background: var(--code); border-radius: 6px; white-space: pre-wrap; }\npre code { font-size: 1em; }\nbutton, select, input { font: inherit; color: inherit; }\nbutton { padding: .25rem .75rem; min-height: 2rem; background: var(--card); border: 1px solid var(--faint); border-radius: 6px; cursor: pointer; }\nbutton:hover { background: var(--code); }\ntable { width: 100%; border-collapse: collapse; }\nth, td { padding: .4rem .75rem .4rem 0; text-align: left; vertical-align: top; font-weight: inherit; }\nth:last-child, td:last-child { padding-right: 0; }\nthead th, caption { color: var(--faint); font-size: .875rem; text-align: left; }\ntbody tr { border-top: 1px solid var(--line); }\n\n.verdict { color: #fff; print-color-adjust: exact; -webkit-print-color-adjust: exact; }\n.verdict.pass { background: #14613a; } .verdict.info { background: #124f8c; } .verdict.warn { background: #7d4300; }\n.verdict.fail { background: #9e1b16; } .verdict.skip { background: #454e5b; }\n.verdict .width { padding-top: 1.25rem; padding-bottom: 1.75rem; }\n.verdict :focus-visible { outline-color: #fff; }\n.brand { margin: 0 0 1.25rem; display: flex; flex-wrap: wrap; justify-content: space-between; gap: .25rem 1rem; font-size: .925rem; }\nh1 { display: flex; gap: .45em; align-items: flex-start; margin: 0; font-size: clamp(1.6rem, 1.1rem + 2.6vw, 2.6rem); line-height: 1.15; letter-spacing: -.01em; text-wrap: balance; }\n.mark { flex: none; width: 1.05em; height: 1.05em; margin-top: .05em; fill: none; stroke: currentColor; stroke-width: 2.25; stroke-linecap: round; stroke-linejoin: round; }\n.lead { margin: .9rem 0 0; font-size: 1.0625rem; max-width: 60rem; }\n.verdict code { background: none; }\n\n.facts { margin: 1rem 0 0; display: grid; gap: .6rem 2rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); }\n.facts dt { color: var(--faint); font-size: .8125rem; }\n.facts dd { margin: 0; }\n.circumstances { margin-top: 0; padding: 1rem 0; border-bottom: 1px solid var(--line); grid-template-columns: repeat(auto-fit, minmax(min(100%, 9rem), auto)); }\n\n.badge { display: inline-block; padding: 0 .55em; border-radius: 1em; font-size: .875rem; line-height: 1.6; font-weight: 600; white-space: nowrap; }\n.badge.pass { color: var(--pass); background: var(--pass-soft); } .badge.info { color: var(--info); background: var(--info-soft); }\n.badge.warn { color: var(--warn); background: var(--warn-soft); } .badge.fail { color: var(--fail); background: var(--fail-soft); }\n.badge.skip { color: var(--skip); background: var(--skip-soft); }\n\n.overview code, .essence code { color: var(--faint); }\n.overview th:last-child { width: 5rem; } .overview th:first-child { width: 5.5rem; }\n.number { font-variant-numeric: tabular-nums; }\n\n.filters { display: flex; flex-wrap: wrap; gap: .75rem 1.25rem; align-items: end; padding: .9rem 1rem; margin-bottom: 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }\n.filters fieldset { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: 0; padding: 0; border: 0; min-height: 2rem; }\n.filters fieldset label { display: flex; align-items: center; gap: .35rem; cursor: pointer; }\n.filters fieldset label { min-height: 2rem; }\n.filters legend, .field span { padding: 0; color: var(--faint); font-size: .8125rem; }\n.field { display: grid; flex: 0 1 13rem; }\n.field select, .field input { min-height: 2rem; max-width: 100%; padding: .15rem .5rem; background: var(--ground); border: 1px solid var(--faint); border-radius: 6px; }\n.field input::placeholder { color: var(--faint); opacity: 1; }\ninput[type=checkbox] { width: 1.1rem; height: 1.1rem; margin: 0; accent-color: var(--link); }\n.buttons { display: flex; flex-wrap: wrap; gap: .5rem; }\n.shown { margin: 0 0 .25rem auto; font-weight: 600; font-variant-numeric: tabular-nums; }\n.left-out { margin: 0 0 1rem; padding: .6rem 1rem; border: 1px dashed var(--faint); border-radius: 8px; }\n\n.ruler { display: flex; flex-wrap: wrap; align-items: end; justify-content: space-between; gap: .5rem 1rem; padding: 0 1rem; }\n.legend { display: flex; flex-wrap: wrap; gap: .15rem 1rem; margin: 0 0 .35rem; padding: 0; list-style: none; font-size: .8125rem; color: var(--faint); }\n.legend svg { width: .75rem; height: .75rem; margin-right: .35rem; vertical-align: -.05rem; border-radius: 2px; }\n.axis { display: block; width: 100%; height: 1.4rem; overflow: visible; font-size: .75rem; }\n.axis text { fill: var(--faint); text-anchor: middle; transform: translateY(.75rem); }\n.axis text.first { text-anchor: start; } .axis text.last { text-anchor: end; }\n.axis .today { fill: var(--text); stroke: none; font-weight: 600; }\n.strip { display: block; width: 100%; height: .8rem; print-color-adjust: exact; -webkit-print-color-adjust: exact; }\nrect { height: 100%; }\n.k-resolve { fill: var(--resolve); } .k-connect { fill: var(--connect); } .k-greeting { fill: var(--greeting); }\n.k-tls { fill: var(--tls); } .k-auth { fill: var(--auth); } .k-envelope { fill: var(--envelope); }\n.k-quit { fill: var(--quit); } .k-failed { fill: var(--failed); }\n\n.targets { border: 1px solid var(--line); border-radius: 8px; background: var(--card); }\n.target + .target { border-top: 1px solid var(--line); }\n.target > summary { display: grid; grid-template: "badge latency" "name name" "strip strip" / 1fr auto; justify-items: start; gap: .35rem .75rem; align-items: baseline; padding: .65rem 1rem; cursor: pointer; list-style: none; border-radius: 8px; }\n.target > summary::-webkit-details-marker { display: none; }\n.target > summary:hover { background: var(--code); }\n.target > summary .badge { grid-area: badge; min-width: 5em; text-align: center; }\n.name { grid-area: name; }\n.name h3 { font-size: 1rem; font-weight: 600; }\n.name h3::after { content: " \u25b8"; content: " \u25b8" / ""; color: var(--faint); font-weight: 400; }\n.target[open] > summary h3::after { content: " \u25be"; content: " \u25be" / ""; }\n.essence { display: block; font-size: .9375rem; line-height: 1.4; }\n.target > summary .strip { grid-area: strip; justify-self: stretch; }\n.latency { grid-area: latency; font-variant-numeric: tabular-nums; text-align: right; min-width: 4rem; }\n.target[open] > summary { border-bottom: 1px solid var(--line); border-radius: 8px 8px 0 0; }\n.body { padding: .25rem 1rem 1.25rem; }\n.message { margin: .75rem 0; }\n.finding { margin: 1rem 0 1.5rem; }\n.finding h4 { font-size: 1.0625rem; }\n.finding h4 code { font-weight: 400; color: var(--faint); }\n.finding h5 { margin: .9rem 0 .15rem; font-size: .9375rem; }\n.finding ol, .finding ul { margin: .25rem 0; padding-left: 1.4rem; }\n.finding li { margin: .2rem 0; }\n.finding p { margin: .35rem 0; }\n.others { margin: .5rem 0; }\n.body details > summary { padding: .3rem 0; cursor: pointer; color: var(--link); }\n.body .facts { padding-top: 1rem; border-top: 1px solid var(--line); }\n.body > .facts:first-child { border: 0; margin-top: 0; }\ntime { white-space: nowrap; }\n.commands code { display: block; padding-left: 1.1em; text-indent: -1.1em; }\n.commands code::before { content: "$ "; color: var(--faint); }\n.copyable { display: flex; gap: .5rem; align-items: flex-start; }\n.copyable pre { flex: 1; min-width: 0; }\n.copy { margin-top: .35rem; min-width: 5.5rem; }\n\n.steps, .transcript { margin-top: 1.25rem; font-size: .9375rem; }\n.steps caption { padding-bottom: .25rem; color: var(--text); font-weight: 600; font-size: .9375rem; }\n.steps th, .steps td, .transcript td, .transcript th { padding-top: .2rem; padding-bottom: .2rem; }\n.steps th:first-child { width: 7.5rem; } .steps th:nth-child(2) { width: 4.5rem; }\n.steps td:nth-child(2), .transcript td:first-child { font-variant-numeric: tabular-nums; white-space: nowrap; color: var(--faint); }\n.steps .strip { margin: .3rem 0; }\n.steps .skipped th { color: var(--faint); }\n.because { color: var(--fail); }\n.transcript { margin-top: .25rem; }\n.transcript th:first-child { width: 5rem; } .transcript th:nth-child(2) { width: 4.5rem; }\n.transcript .client td { color: var(--link); }\n\n.certificates { table-layout: fixed; }\n.certificates th:first-child { width: 42%; } .certificates thead th:last-child { width: 6.5rem; }\n.certificates .faint { font-size: .875rem; }\n.validity { display: block; width: 100%; height: 1rem; margin-top: .3rem; border-radius: 4px; background: var(--code); print-color-adjust: exact; -webkit-print-color-adjust: exact; }\n.validity .pass { fill: var(--greeting); } .validity .warn { fill: var(--auth); } .validity .fail { fill: var(--failed); }\nline { stroke: var(--faint); }\n.validity line { stroke: var(--text); stroke-width: 2; }\n.dates { font-size: .875rem; color: var(--faint); }\n.left.fail { color: var(--fail); font-weight: 600; } .left.warn { color: var(--warn); font-weight: 600; }\n.trend { margin: 0 0 1rem; padding: .75rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }\n.trend h3 { font-size: 1rem; font-weight: 600; }\n.trend p { margin: 0; font-size: .9375rem; }\n.charts { display: grid; gap: .75rem 1.5rem; margin: .6rem 0 .35rem; align-items: end; grid-template-columns: repeat(auto-fill, minmax(min(100%, 18rem), 1fr)); }\n.chart { margin: 0; }\n.chart figcaption { display: flex; flex-wrap: wrap; gap: 0 .5rem; align-items: baseline; font-size: .9375rem; }\n.chart strong { font-variant-numeric: tabular-nums; }\n.range { margin-left: auto; font-size: .8125rem; font-variant-numeric: tabular-nums; }\n.chart svg { display: block; width: 100%; height: 3rem; margin-top: .2rem; border-bottom: 1px solid var(--faint); print-color-adjust: exact; -webkit-print-color-adjust: exact; }\n.chart .up { fill: var(--greeting); stroke: var(--greeting); } .chart .partly { fill: var(--auth); stroke: var(--auth); }\n.chart .down { fill: var(--failed); stroke: var(--failed); } .chart .speed { fill: var(--connect); stroke: var(--connect); }\n.chart path { stroke-width: 0; }\n.chart .area { fill-opacity: .2; }\n.chart .curve { fill: none; stroke-width: 2; stroke-linejoin: round; vector-effect: non-scaling-stroke; }\n.trend .span { font-size: .8125rem; }\nfooter.width { margin-top: 2.5rem; padding-top: 1rem; padding-bottom: 2.5rem; color: var(--faint); font-size: .875rem; }\n\n@media (min-width: 48rem) {\n  .target > summary { grid-template: "badge name strip latency" / auto 1fr 20rem auto; align-items: center; }\n  .latency { justify-self: end; }\n  .ruler { flex-wrap: nowrap; gap: .75rem; }\n  .ruler .axis { flex: none; width: 20rem; margin-left: auto; }\n  .to-greeting { flex: none; width: 4rem; text-align: right; font-size: .8125rem; color: var(--faint); }\n}\n@media (max-width: 47.99rem) {\n  .to-greeting { display: none; }\n}\n@media (max-width: 40rem) {\n  .year, .steps .axis text:not(.first):not(:last-of-type) { display: none; }\n  .steps th:first-child { width: 6.5rem; }\n  .certificates svg.axis line:not(:last-of-type) { display: none; }\n  .certificates th:first-child { width: 40%; } .certificates thead th:last-child { width: 5rem; }\n  .copyable { display: block; }\n  .copy { margin: -.25rem 0 .5rem; }\n  .shown { margin-left: 0; }\n}\n@media print {\n  body { background: #fff; font-size: 10pt; }\n  .filters, .copy, .skip-link, .name h3::after { display: none !important; }\n  .targets { border: 0; }\n  .target > summary, .finding h4, h2 { break-after: avoid; }\n  .finding, tr, pre, .trend { break-inside: avoid; }\n  details::details-content { display: block; content-visibility: visible; block-size: auto; }\n  a { color: inherit; }\n}\n')}</style>
      </head>
      <body>
        <a class="skip-link" href="#main">Skip to the report</a>
        ${U(e,n)}
        <main id="main" class="width" tabindex="-1">
          ${F(e)}
          ${d}
          ${e.targets.length>1&&function(e,t){return 0===e.length?null:s.q`
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
        <tbody>${e.map((e=>function({code:e,status:t,title:n,times:r},a){return s.q`
    <tr>
      <td>${(0,l.qS)(t)}</td>
      <th scope="row">
        ${a?s.q`<a href="#${a.id}">${n}</a>`:s.q`<span>${n}</span>`} <code>${e}</code>
      </th>
      <td class="number">${(0,l.zD)(r)}</td>
    </tr>`}(e,t.explainedAt.get(e.code))))}</tbody>
      </table>
    </section>`}(L(e),r)}
          ${e.targets.length>0&&Q(e,t,r)}
          ${o}
          ${f(e)}
          ${B(e.notes)}
        </main>
        <footer class="width">
          Written by ${a.y.name} ${a.y.version}. The JSON report holds everything that was seen.
        </footer>
        <p id="announcement" class="hidden" role="status"></p>
        <script nonce="${c}">${(0,s.O)(_)}</script>
      </body>
    </html>`})),G=Object((function(e){const t=`'nonce-${e}'`;return`default-src 'none'; style-src ${t}; script-src ${t}; base-uri 'none'; form-action 'none'`})),Z=Object((function(){return Array.from({length:4},(()=>Math.random().toString(36).slice(2))).join("")})),Q=Object((function({targets:e,message:t},n,a){const{shown:i,scale:o,explainedAt:f}=a,p=i.length>1,m=i.map((e=>(0,c.a)(e,e.target.message===t,{scale:o,place:n,explainedAt:f})));return s.q`
    <section aria-labelledby="targets">
      <h2 id="targets">${p?"Targets":"The target"}</h2>
      ${p&&function(e,t){const n=t=>e.filter((({target:e})=>e.status===t)).length,a=[...r.f.toReversed(),"skip"];return s.q`
    <search id="search" aria-label="Filter the targets" hidden>
      <form id="filters" class="filters">
        <fieldset>
          <legend>Status</legend>
          ${a.filter((e=>n(e)>0)).map((e=>function(e,t){return s.q`
    <label>
      <input type="checkbox" name="status" value="${e}" />
      ${(0,l.qS)(e)} ${(0,l.zD)(t)}
    </label>`}(e,n(e))))}
        </fieldset>
        ${t.length>0&&function(e){return s.q`
    <label class="field">
      <span>Code</span>
      <select name="code">
        <option value="">any</option>
        ${e.map((({code:e,times:t})=>s.q`<option value="${e}">${e} (${(0,l.zD)(t)})</option>`))}
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
        <p id="shown" class="shown" role="status">${(0,l.U9)(e.length,"target")}</p>
      </form>
    </search>`}(i,L({targets:i.map((({target:e})=>e))}))}
      ${Y(a)}
      <div class="ruler" aria-hidden="true">
        ${(0,d.o1)(e)}
        ${(0,d.yo)(o)}
        <span class="to-greeting">greeting</span>
      </div>
      <div class="targets">${m}</div>
      <p id="nothing" hidden>No target is like that.</p>
    </section>`})),Y=Object((function({shown:e,omitted:t}){const n=e.filter((({detail:e,target:t})=>"whole"!==e&&t.transcript.length>0)).length,a=e.filter((({detail:e,target:t})=>(0,y.X)(e)&&t.findings.length>0)).length,i=e.filter((({detail:e,target:t})=>"row"===e&&t.findings.length>y.S)).length,o=[...r.f,"skip"].filter((e=>t.has(e))),c=o.reduce(((e,n)=>e+(t.get(n)??0)),0),d=[...n>0?[`the conversations of ${(0,l.U9)(n,"target")}`]:[],...a>0?[`causes and remedies that repeat, of ${(0,l.U9)(a,"target")}`]:[],...i>0?[`more than ${y.S} findings of ${(0,l.U9)(i,"target")}`]:[],...c>0?[`${(0,l.U9)(c,"target")} (${o.map((e=>`${(0,l.zD)(t.get(e)??0)} ${e}`)).join(", ")})`]:[]];if(0===d.length)return null;const f=d.join("; ");return s.q`
    <p class="left-out">
      <strong>Left out to keep this page small:</strong> ${f}. Everything is in the JSON report.
    </p>`})),_=`(${function(){const e=e=>document.getElementById(e),t=[...document.querySelectorAll("details.target")],n=e("announcement");function r(e){const t=document.createElement("button");t.type="button",t.className="copy",t.textContent="Copy";const r=[...e.querySelectorAll("code")].map((e=>(e.textContent??"").trimEnd())).join("\n"),a=e=>{t.textContent=e,n&&(n.textContent=e),setTimeout((()=>{t.textContent="Copy",n&&(n.textContent="")}),2e3)};t.addEventListener("click",(async()=>{try{await navigator.clipboard.writeText(r),a("Copied")}catch{getSelection()?.selectAllChildren(e),a("Selected")}}));const i=document.createElement("div");i.className="copyable",e.replaceWith(i),i.append(e,t)}function a(){const t=e(location.hash.slice(1));t?.matches("details.target")&&(t.hidden&&e("filters")?.reset(),t.hidden=!1,t.open=!0,t.scrollIntoView(),t.querySelector("summary")?.focus({preventScroll:!0}))}let i=[];addEventListener("beforeprint",(()=>{i=[...document.querySelectorAll("details:not([open])")];for(const e of i)e.open=!0})),addEventListener("afterprint",(()=>{for(const e of i)e.open=!1;i=[]}));const s=e("filters");s&&function(n){let r;const a=e=>[...e.querySelectorAll("h3, .essence, .message, .finding h4, .finding > p, .finding > pre, .facts dd")].map((e=>e.textContent)).join(" ").toLowerCase();function i(){const i=new FormData(n),s=i.getAll("status"),o=i.get("code")||"",l=String(i.get("text")).toLowerCase().split(/\s+/).filter(Boolean);l.length>0&&(r??=t.map(a));let c=0;t.forEach(((e,t)=>{const{status:n="",codes:a=""}=e.dataset,i=(0===s.length||s.includes(n))&&(""===o||a.split(" ").includes(String(o)))&&l.every((e=>r?.[t]?.includes(e)));e.hidden===i&&(e.hidden=!i),i&&c++}));const d=e("shown"),f=`${t.length} ${1===t.length?"target":"targets"}`;d&&(d.textContent=c===t.length?f:`${c} of ${f}`);const p=e("nothing");p&&(p.hidden=c>0)}const s=e=>{for(const n of t)n.hidden||(n.open=e)};n.addEventListener("input",i),n.addEventListener("submit",(e=>e.preventDefault())),n.addEventListener("reset",(()=>setTimeout(i))),e("open-all")?.addEventListener("click",(()=>s(!0))),e("close-all")?.addEventListener("click",(()=>s(!1)));const o=e("search");o&&(o.hidden=!1),i()}(s);for(const e of document.querySelectorAll("pre.commands"))r(e);addEventListener("hashchange",a),a()}})();`})),3633:Object((function(e,t,n){n.d(t,{CS:()=>o,Gy:()=>i,U9:()=>d,Zm:()=>m,fK:()=>l,kB:()=>c,nf:()=>u,qS:()=>s,vd:()=>h,zD:()=>f});var r=n(1690),a=n(4871);const i=Object((function(e){return a.q`
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="10.5" />
      <path d="${p[e]}" />
    </svg>`})),s=Object((function(e){return a.q`<span class="badge ${e}"><span aria-hidden="true">${r.SV[e]}</span> ${e}</span>`})),o=Object((function(e){const t=e.split(/(`[^`]+`)/);return a.q`${t.map(((e,t)=>t%2==1?a.q`<code>${e.slice(1,-1)}</code>`:e))}`})),l=Object((function(e,t){return null===t||!1===t?null:a.q`
    <div>
      <dt>${e}</dt>
      <dd>${t}</dd>
    </div>`})),c=Object((function(e){return a.q`<time datetime="${e}">${e.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*Z$/,"$1 $2 UTC")}</time>`})),d=Object((function(e,t,n=`${t}s`){return`${f(e)} ${1===e?t:n}`})),f=Object((function(e){return String(e).replace(/\B(?=(?:\d{3})+$)/g," ")})),p={pass:"M6 12.5l4 4 8-9",info:"M12 6.5v.1M12 11v6.5",warn:"M12 6.5V13M12 17.4v.1",fail:"M7.5 7.5l9 9m0-9l-9 9",skip:"M7 12h10"};function m(e){return a.q`<pre class="commands">${e.map((e=>a.q`<code>${e}\n</code>`))}</pre>`}function u(e,t){return/^https:\/\/[^\s/]/.test(e)?a.q`<a href="${e}">${t}</a>`:a.q`<span>${t}</span>`}function h(e){return a.q`<time>${e.slice(0,10)}</time>`}})),7522:Object((function(e,t,n){n.d(t,{S:()=>a,X:()=>r});const r=Object((function(e){return"brief"===e||"row"===e})),a=5})),4992:Object((function(e,t,n){n.d(t,{X:()=>b,a:()=>p});var r=n(3443),a=n(4871),i=n(5514),s=n(3633),o=n(7522),l=n(3412);const c=Object((function(e){const t=e.length-f;return a.q`
    <details>
      <summary>The conversation (${(0,s.U9)(e.length,"line")})</summary>
      <table class="transcript">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">From</th>
            <th scope="col">Line</th>
          </tr>
        </thead>
        <tbody>${e.slice(0,f).map(d)}</tbody>
      </table>
      ${t>0&&a.q`<p class="faint">${(0,s.U9)(t,"more line")} in the JSON report.</p>`}
    </details>`})),d=Object((function({from:e,atMs:t,text:n}){return a.q`
    <tr class="${e}">
      <td>${Math.round(t)} ms</td>
      <td>${e}</td>
      <td><code>${n}</code></td>
    </tr>`})),f=200,p=Object((function(e,t,{scale:n,place:r,explainedAt:d}){const{target:f,id:p,detail:g,open:b}=e,{status:$,findings:v,steps:y,message:w,transcript:x}=f,k=[...new Set(v.map((({code:e})=>e)))].join(" "),q="row"===g?v.slice(0,o.S):v,j=v.length-q.length,O=q.map((e=>(0,i.B)(e,{place:r,said:w.startsWith(e.message),elsewhere:(0,o.X)(g)?d.get(e.code)??"nowhere":null})));return a.q`
    <details class="target" id="${p}" data-status="${$}" data-codes="${k}"${b&&" open"}>
      <summary>
        ${(0,s.qS)($)}
        <span class="name"><h3>${f.target.label}</h3>${m(f)}</span>
        ${y.length>0&&(0,l.bB)(y,n)}
        ${u(f)}
      </summary>
      <div class="body">
        ${!t&&a.q`<p class="message">${(0,s.CS)(w)}</p>`}
        ${O}
        ${j>0&&a.q`<p>${(0,s.U9)(j,"more finding")} in the JSON report.</p>`}
        ${h(f,(0,o.X)(g))}
        ${!(0,o.X)(g)&&y.length>0&&(0,l.Ph)(y,n)}
        ${"whole"===g&&x.length>0&&c(x)}
      </div>
    </details>`})),m=Object((function({code:e,findings:t,latencyMs:n}){const r=t.find((t=>t.code===e))??t[0];if(!r)return a.q`<span class="essence faint">${null===n?"passes":"greets as it should"}</span>`;const i=t.length>1&&` and ${t.length-1} more`;return a.q`<span class="essence">${r.title} <code>${r.code}</code>${i}</span>`})),u=Object((function({latencyMs:e}){return null===e?a.q`<span class="latency"><span class="hidden">no greeting</span><span aria-hidden="true">&ndash;</span></span>`:a.q`<span class="latency"><span class="hidden">greeted after </span>${(0,r.W2)(e)}</span>`})),h=Object((function({target:e,...t},n){const{address:i,addresses:o,banner:l,latencyMs:c,tls:d,capabilities:f,attempts:p,durationMs:m}=t,u=o.filter((({outcome:e})=>"connected"!==e)),h=f??[];return a.q`
    <dl class="facts">
      ${(0,s.fK)("Address",i&&i!==e.host&&a.q`<code>${i}</code>`)}
      ${(0,s.fK)("Not connected",u.length>0&&u.map(g))}
      ${(0,s.fK)("Greeting",l&&a.q`<code>${l}</code>`)}
      ${(0,s.fK)("Time to greeting",!n&&null!==c&&(0,r.W2)(c))}
      ${(0,s.fK)("TLS",d&&`${d.protocol}, ${d.cipher}, ${d.authorized?"verified":"not verified"}`)}
      ${(0,s.fK)("Certificate",d&&function({subject:e,issuer:t,validFrom:n,validTo:r,daysLeft:i}){const o=a.q`${(0,s.vd)(n)} to ${(0,s.vd)(r)} (${b(i)})`;return a.q`<code>${e}</code> by <code>${t}</code>, ${o}`}(d))}
      ${(0,s.fK)("Offers",h.length>0&&h.map((e=>a.q`<code>${e}</code> `)))}
      ${(0,s.fK)("Attempts",1!==p&&`${p} in ${(0,r.W2)(m)}`)}
    </dl>`}));function g({address:e,outcome:t,errno:n,tookMs:i}){return a.q`<span class="line"><code>${e}</code> ${n??t} after ${(0,r.W2)(i)}</span>`}function b(e){return e>=0?`${(0,s.U9)(e,"day")} left`:-1===e?"expired today":`expired ${(0,s.U9)(-e-1,"day")} ago`}})),3412:Object((function(e,t,n){n.d(t,{KN:()=>g,Ph:()=>o,_K:()=>i,bB:()=>s,o1:()=>p,yo:()=>d});var r=n(3443),a=n(4871);const i=Object((function(e){let t=1;for(const{steps:n}of e)for(const e of n)t=Math.max(t,e.startMs+e.tookMs);const n=10**Math.floor(Math.log10(t/5)),r=[1,2,5,10].map((e=>e*n)).find((e=>t/e<=5))??t;return{endMs:t,markMs:r}})),s=Object((function(e,t){const n=e.filter((({status:e})=>"skipped"!==e));return a.q`
    <svg class="strip" role="img">
      <title>Where the time went</title>
      <desc>${n.map(u).join(", ")}</desc>
      ${n.map((e=>c(e,t)))}
    </svg>`})),o=Object((function(e,t){return a.q`
    <table class="steps">
      <caption>Where the time went</caption>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col">Time</th>
          <th scope="col">${d(t)}</th>
        </tr>
      </thead>
      <tbody>${e.map((e=>l(e,t)))}</tbody>
    </table>`})),l=Object((function(e,t){const{status:n,tookMs:i,because:s}=e,o="skipped"===n;return a.q`
    <tr class="${n}">
      <th scope="row">${b[e.step]}</th>
      <td>${o?"\u2013":(0,r.W2)(i)}</td>
      <td>
        ${o&&a.q`<span class="faint">skipped${s&&`: ${s}`}</span>`}
        ${!o&&a.q`<svg class="strip" aria-hidden="true">${c(e,t)}</svg>`}
        ${"failed"===n&&a.q`<span class="because">&cross; ${s??"failed"}</span>`}
      </td>
    </tr>`})),c=Object((function({step:e,startMs:t,tookMs:n,status:r},{endMs:i}){const s=Math.min(99,t/i*100),o=Math.max(.5,n/i*100),l="failed"===r?"failed":v[e];return a.q`<rect class="k-${l}" x="${g(s)}" width="${g(o)}" />`})),d=Object((function({endMs:e,markMs:t}){const n=Array.from({length:Math.floor(e/t)+1},((e,n)=>n*t));return a.q`
    <svg class="axis" role="img">
      <title>Scale: 0 to ${(0,r.W2)(e)}</title>
      ${n.map((t=>f(t,t/e)))}
    </svg>`})),f=Object((function(e,t){const n=g(100*t);return a.q`
    <line x1="${n}" x2="${n}" y1="75%" y2="100%" />
    <text x="${n}" class="${0===t?"first":t>.9?"last":""}">${h(e)}</text>`})),p=Object((function(e){const t=new Set(e.flatMap((({steps:e})=>e.map((({step:e})=>v[e]))))),n=e.some((({steps:e})=>e.some((({status:e})=>"failed"===e)))),r=Object.entries($).filter((([e])=>t.has(e)));return n&&r.push(["failed","failed"]),a.q`<ul class="legend" aria-label="Colours of the bars">${r.map(m)}</ul>`})),m=Object((function([e,t]){return a.q`<li><svg aria-hidden="true"><rect class="k-${e}" width="100%" /></svg>${t}</li>`})),u=Object((function({step:e,status:t,tookMs:n,because:a}){const i=b[e];return"failed"===t?`${i} failed after ${(0,r.W2)(n)} (${a})`:`${i} ${(0,r.W2)(n)}`})),h=Object((function(e){return 0===e?"0":e<1?`${Number(e.toFixed(2))} ms`:(0,r.W2)(e)})),g=Object((function(e){return`${Number(e.toFixed(1))}%`})),b={resolve:"resolve",connect:"connect",greeting:"greeting",ehlo:"EHLO",starttls:"STARTTLS",tls:"TLS","ehlo-again":"EHLO again",auth:"AUTH",mail:"MAIL",rcpt:"RCPT",rset:"RSET",quit:"QUIT"},$={resolve:"resolve",connect:"connect",greeting:"greeting, EHLO",tls:"TLS",auth:"AUTH",envelope:"MAIL, RCPT",quit:"QUIT"},v={resolve:"resolve",connect:"connect",greeting:"greeting",ehlo:"greeting",starttls:"tls",tls:"tls","ehlo-again":"greeting",auth:"auth",mail:"envelope",rcpt:"envelope",rset:"envelope",quit:"quit"}})),4871:Object((function(e,t,n){n.d(t,{q:()=>o,O:()=>f});const r=(e,t)=>{const n=new String(e);return n.isEscaped=!0,n.callbacks=t,n},a=/[&<>'"]/,i=(e,t)=>{const n=e.search(a);if(-1===n)return void(t[0]+=e);let r,i,s=0;for(i=n;i<e.length;i++){switch(e.charCodeAt(i)){case 34:r="&quot;";break;case 39:r="&#39;";break;case 38:r="&amp;";break;case 60:r="&lt;";break;case 62:r="&gt;";break;default:continue}t[0]+=e.substring(s,i)+r,s=i+1}t[0]+=e.substring(s,i)};var s=n(2840);const o=Object((function(e,...t){let n=p.get(e);if(void 0===n){const t=e.map((e=>e.replace(d,"")));n=Object.assign(t,{raw:t}),p.set(e,n)}return((e,...t)=>{const n=[""];for(let r=0,a=e.length-1;r<a;r++){n[0]+=e[r];const a=Array.isArray(t[r])?t[r].flat(1/0):[t[r]];for(let e=0,t=a.length;e<t;e++){const t=a[e];if("string"==typeof t)i(t,n);else if("number"==typeof t)n[0]+=t;else{if("boolean"==typeof t||null==t)continue;if("object"==typeof t&&t.isEscaped)if(t.callbacks)n.unshift("",t);else{const e=t.toString();e instanceof Promise?n.unshift("",e):n[0]+=e}else t instanceof Promise?n.unshift("",t):i(t.toString(),n)}}}return n[0]+=e.at(-1),1===n.length?r("callbacks"in n?(e=>{const t=e.callbacks;if(!t?.length)return e;const n=[e],r={};return t.forEach((e=>e({phase:1,buffer:n,context:r}))),n[0]})(r(n[0],n.callbacks)):n[0]):(async(e,t)=>{let n="";t||=[];const a=await Promise.all(e);for(let e=a.length-1;n+=a[e],e--,!(e<0);e--){let r=a[e];if(null==r||"boolean"==typeof r)continue;if("number"==typeof r){n+=r;continue}"object"==typeof r&&t.push(...r.callbacks||[]);const s=r.isEscaped;if(r=await("object"==typeof r?r.toString():r),"object"==typeof r&&t.push(...r.callbacks||[]),r.isEscaped??s)n+=r;else{const e=[n];i(r,e),n=e[0]}}return r(n,t)})(n,n.callbacks)})(n,...t.map(l))})),l=Object((function e(t){return"string"==typeof t?(0,s.pj)(t,c):Array.isArray(t)?t.map(e):t})),c=16e3,d=/\n +/g,f=e=>r(e),p=new WeakMap}))};
//# sourceMappingURL=878.index.js.map