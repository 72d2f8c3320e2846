"use strict";exports.id=992,exports.ids=[992],exports.modules={1846:Object((function(e,t,n){function s(e,t){const n=new Set,[s,a]=[[],[]];for(const c of e){const e=t(c);(n.has(e)?a:s).push(c),n.add(e)}return[...s,...a]}n.d(t,{C:()=>s,q:()=>a});const a=20})),5514:Object((function(e,t,n){n.d(t,{B:()=>o});var s=n(1690),a=n(1846),c=n(4871),r=n(3633);function o(e,{place:t,said:n,elsewhere:s}){const{code:o,status:d,title:u,message:p,impact:f,evidence:$,verify:h,docs:g,ignored:m}=e;return c.q`
    <section class="finding">
      <h4>${(0,r.qS)(d)} ${u} <code>${o}</code>${m&&c.q`<span class="faint"> (ignored)</span>`}</h4>
      ${!n&&c.q`<p>${(0,r.CS)(p)}</p>`}
      <h5>Seen</h5>
      <pre><code>${$}</code></pre>
      ${null===s&&c.q`<p><strong>Why it matters:</strong> ${f}</p>`}
      ${null===s?function({causes:e,remedies:t},n){const s=t.filter((({environment:e})=>e===n||"any"===e)),o=t.filter((e=>!s.includes(e)));return c.q`
    <h5>${1===e.length?"Likely cause":"Likely causes, the likeliest first"}</h5>
    <ol>${e.slice(0,a.q).map((e=>c.q`<li>${(0,r.CS)(e)}</li>`))}</ol>
    ${i(e)}
    <h5>What to do</h5>
    ${l(s)}
    ${i(s)}
    ${o.length>0&&function(e){return c.q`
    <details class="others">
      <summary>On other kinds of runner</summary>
      ${l(e)}
    </details>`}(o)}`}(e,t):function(e){return"nowhere"===e?c.q`<p>Causes and remedies are in the JSON report.</p>`:c.q`<p>Causes and remedies are those of <a href="#${e.id}">${e.label}</a>.</p>`}(s)}
      <h5>To check the fix</h5>
      ${(0,r.Zm)([h])}
      ${(null===s||"nowhere"===s)&&c.q`<p>${(0,r.nf)(g,c.q`More about <code>${o}</code>`)}</p>`}
    </section>`}function i(e){return e.length>a.q?c.q`<p>${(0,r.zD)(e.length-a.q)} more in the JSON report.</p>`:null}function l(e){return c.q`<ul class="remedies">${e.slice(0,a.q).map(d)}</ul>`}function d({environment:e,text:t,commands:n}){return c.q`
    <li>
      <p>${"any"!==e&&c.q`<strong>${s.TI[e]}: </strong>`}${(0,r.CS)(t)}</p>
      ${n.length>0&&(0,r.Zm)(n)}
    </li>`}})),3633:Object((function(e,t,n){n.d(t,{CS:()=>o,Gy:()=>c,U9:()=>d,Zm:()=>f,fK:()=>i,kB:()=>l,nf:()=>$,qS:()=>r,vd:()=>h,zD:()=>u});var s=n(1690),a=n(4871);const c=Object((function(e){return a.q`
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="10.5" />
      <path d="${p[e]}" />
    </svg>`})),r=Object((function(e){return a.q`<span class="badge ${e}"><span aria-hidden="true">${s.SV[e]}</span> ${e}</span>`})),o=Object((function(e){const t=e.split(/(`[^`]+`)/);return a.q`${t.map(((e,t)=>t%2==1?a.q`<code>${e.slice(1,-1)}</code>`:e))}`})),i=Object((function(e,t){return null===t||!1===t?null:a.q`
    <div>
      <dt>${e}</dt>
      <dd>${t}</dd>
    </div>`})),l=Object((function(e){return a.q`<time datetime="${e}">${e.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*Z$/,"$1 $2 UTC")}</time>`})),d=Object((function(e,t,n=`${t}s`){return`${u(e)} ${1===e?t:n}`})),u=Object((function(e){return String(e).replace(/\B(?=(?:\d{3})+$)/g," ")})),p={pass:"M6 12.5l4 4 8-9",info:"M12 6.5v.1M12 11v6.5",warn:"M12 6.5V13M12 17.4v.1",fail:"M7.5 7.5l9 9m0-9l-9 9",skip:"M7 12h10"};function f(e){return a.q`<pre class="commands">${e.map((e=>a.q`<code>${e}\n</code>`))}</pre>`}function $(e,t){return/^https:\/\/[^\s/]/.test(e)?a.q`<a href="${e}">${t}</a>`:a.q`<span>${t}</span>`}function h(e){return a.q`<time>${e.slice(0,10)}</time>`}})),7522:Object((function(e,t,n){n.d(t,{S:()=>a,X:()=>s});const s=Object((function(e){return"brief"===e||"row"===e})),a=5})),4992:Object((function(e,t,n){n.d(t,{X:()=>b,a:()=>p});var s=n(3443),a=n(4871),c=n(5514),r=n(3633),o=n(7522),i=n(3412);const l=Object((function(e){const t=e.length-u;return a.q`
    <details>
      <summary>The conversation (${(0,r.U9)(e.length,"line")})</summary>
      <table class="transcript">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">From</th>
            <th scope="col">Line</th>
          </tr>
        </thead>
        <tbody>${e.slice(0,u).map(d)}</tbody>
      </table>
      ${t>0&&a.q`<p class="faint">${(0,r.U9)(t,"more line")} in the JSON report.</p>`}
    </details>`})),d=Object((function({from:e,atMs:t,text:n}){return a.q`
    <tr class="${e}">
      <td>${Math.round(t)} ms</td>
      <td>${e}</td>
      <td><code>${n}</code></td>
    </tr>`})),u=200,p=Object((function(e,t,{scale:n,place:s,explainedAt:d}){const{target:u,id:p,detail:g,open:m}=e,{status:b,findings:q,steps:y,message:O,transcript:v}=u,j=[...new Set(q.map((({code:e})=>e)))].join(" "),M="row"===g?q.slice(0,o.S):q,k=q.length-M.length,S=M.map((e=>(0,c.B)(e,{place:s,said:O.startsWith(e.message),elsewhere:(0,o.X)(g)?d.get(e.code)??"nowhere":null})));return a.q`
    <details class="target" id="${p}" data-status="${b}" data-codes="${j}"${m&&" open"}>
      <summary>
        ${(0,r.qS)(b)}
        <span class="name"><h3>${u.target.label}</h3>${f(u)}</span>
        ${y.length>0&&(0,i.bB)(y,n)}
        ${$(u)}
      </summary>
      <div class="body">
        ${!t&&a.q`<p class="message">${(0,r.CS)(O)}</p>`}
        ${S}
        ${k>0&&a.q`<p>${(0,r.U9)(k,"more finding")} in the JSON report.</p>`}
        ${h(u,(0,o.X)(g))}
        ${!(0,o.X)(g)&&y.length>0&&(0,i.Ph)(y,n)}
        ${"whole"===g&&v.length>0&&l(v)}
      </div>
    </details>`})),f=Object((function({code:e,findings:t,latencyMs:n}){const s=t.find((t=>t.code===e))??t[0];if(!s)return a.q`<span class="essence faint">${null===n?"passes":"greets as it should"}</span>`;const c=t.length>1&&` and ${t.length-1} more`;return a.q`<span class="essence">${s.title} <code>${s.code}</code>${c}</span>`})),$=Object((function({latencyMs:e}){return null===e?a.q`<span class="latency"><span class="hidden">no greeting</span><span aria-hidden="true">&ndash;</span></span>`:a.q`<span class="latency"><span class="hidden">greeted after </span>${(0,s.W2)(e)}</span>`})),h=Object((function({target:e,...t},n){const{address:c,addresses:o,banner:i,latencyMs:l,tls:d,capabilities:u,attempts:p,durationMs:f}=t,$=o.filter((({outcome:e})=>"connected"!==e)),h=u??[];return a.q`
    <dl class="facts">
      ${(0,r.fK)("Address",c&&c!==e.host&&a.q`<code>${c}</code>`)}
      ${(0,r.fK)("Not connected",$.length>0&&$.map(g))}
      ${(0,r.fK)("Greeting",i&&a.q`<code>${i}</code>`)}
      ${(0,r.fK)("Time to greeting",!n&&null!==l&&(0,s.W2)(l))}
      ${(0,r.fK)("TLS",d&&`${d.protocol}, ${d.cipher}, ${d.authorized?"verified":"not verified"}`)}
      ${(0,r.fK)("Certificate",d&&function({subject:e,issuer:t,validFrom:n,validTo:s,daysLeft:c}){const r=a.q`${m(n)} to ${m(s)} (${b(c)})`;return a.q`<code>${e}</code> by <code>${t}</code>, ${r}`}(d))}
      ${(0,r.fK)("Offers",h.length>0&&h.map((e=>a.q`<code>${e}</code> `)))}
      ${(0,r.fK)("Attempts",1!==p&&`${p} in ${(0,s.W2)(f)}`)}
    </dl>`}));function g({address:e,outcome:t,errno:n,tookMs:c}){return a.q`<span class="line"><code>${e}</code> ${n??t} after ${(0,s.W2)(c)}</span>`}function m(e){return null===e?"(unreadable)":(0,r.vd)(e)}function b(e){return null===e?"unknown":e>=0?`${(0,r.U9)(e,"day")} left`:-1===e?"expired today":`expired ${(0,r.U9)(-e-1,"day")} ago`}})),3412:Object((function(e,t,n){n.d(t,{KN:()=>g,Ph:()=>o,_K:()=>c,bB:()=>r,o1:()=>p,yo:()=>d});var s=n(3443),a=n(4871);const c=Object((function(e){let t=1;for(const{steps:n}of e)for(const e of n)t=Math.max(t,e.startMs+e.tookMs);const n=10**Math.floor(Math.log10(t/5)),s=[1,2,5,10].map((e=>e*n)).find((e=>t/e<=5))??t;return{endMs:t,markMs:s}})),r=Object((function(e,t){const n=e.filter((({status:e})=>"skipped"!==e));return a.q`
    <svg class="strip" role="img">
      <title>Where the time went</title>
      <desc>${n.map($).join(", ")}</desc>
      ${n.map((e=>l(e,t)))}
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
      <tbody>${e.map((e=>i(e,t)))}</tbody>
    </table>`})),i=Object((function(e,t){const{status:n,tookMs:c,because:r}=e,o="skipped"===n;return a.q`
    <tr class="${n}">
      <th scope="row">${m[e.step]}</th>
      <td>${o?"\u2013":(0,s.W2)(c)}</td>
      <td>
        ${o&&a.q`<span class="faint">skipped${r&&`: ${r}`}</span>`}
        ${!o&&a.q`<svg class="strip" aria-hidden="true">${l(e,t)}</svg>`}
        ${"failed"===n&&a.q`<span class="because">&cross; ${r??"failed"}</span>`}
      </td>
    </tr>`})),l=Object((function({step:e,startMs:t,tookMs:n,status:s},{endMs:c}){const r=Math.min(99,t/c*100),o=Math.max(.5,n/c*100),i="failed"===s?"failed":q[e];return a.q`<rect class="k-${i}" x="${g(r)}" width="${g(o)}" />`})),d=Object((function({endMs:e,markMs:t}){const n=Array.from({length:Math.floor(e/t)+1},((e,n)=>n*t));return a.q`
    <svg class="axis" role="img">
      <title>Scale: 0 to ${(0,s.W2)(e)}</title>
      ${n.map((t=>u(t,t/e)))}
    </svg>`})),u=Object((function(e,t){const n=g(100*t);return a.q`
    <line x1="${n}" x2="${n}" y1="75%" y2="100%" />
    <text x="${n}" class="${0===t?"first":t>.9?"last":""}">${h(e)}</text>`})),p=Object((function(e){const t=new Set(e.flatMap((({steps:e})=>e.map((({step:e})=>q[e]))))),n=e.some((({steps:e})=>e.some((({status:e})=>"failed"===e)))),s=Object.entries(b).filter((([e])=>t.has(e)));return n&&s.push(["failed","failed"]),a.q`<ul class="legend" aria-label="Colours of the bars">${s.map(f)}</ul>`})),f=Object((function([e,t]){return a.q`<li><svg aria-hidden="true"><rect class="k-${e}" width="100%" /></svg>${t}</li>`})),$=Object((function({step:e,status:t,tookMs:n,because:a}){const c=m[e];return"failed"===t?`${c} failed after ${(0,s.W2)(n)} (${a})`:`${c} ${(0,s.W2)(n)}`})),h=Object((function(e){return 0===e?"0":e<1?`${Number(e.toFixed(2))} ms`:(0,s.W2)(e)})),g=Object((function(e){return`${Number(e.toFixed(1))}%`})),m={resolve:"resolve",connect:"connect",greeting:"greeting",ehlo:"EHLO",starttls:"STARTTLS",tls:"TLS","ehlo-again":"EHLO again",auth:"AUTH",mail:"MAIL",rcpt:"RCPT",rset:"RSET",quit:"QUIT"},b={resolve:"resolve",connect:"connect",greeting:"greeting, EHLO",tls:"TLS",auth:"AUTH",envelope:"MAIL, RCPT",quit:"QUIT"},q={resolve:"resolve",connect:"connect",greeting:"greeting",ehlo:"greeting",starttls:"tls",tls:"tls","ehlo-again":"greeting",auth:"auth",mail:"envelope",rcpt:"envelope",rset:"envelope",quit:"quit"}})),4871:Object((function(e,t,n){n.d(t,{q:()=>o,O:()=>u});const s=(e,t)=>{const n=new String(e);return n.isEscaped=!0,n.callbacks=t,n},a=/[&<>'"]/,c=(e,t)=>{const n=e.search(a);if(-1===n)return void(t[0]+=e);let s,c,r=0;for(c=n;c<e.length;c++){switch(e.charCodeAt(c)){case 34:s="&quot;";break;case 39:s="&#39;";break;case 38:s="&amp;";break;case 60:s="&lt;";break;case 62:s="&gt;";break;default:continue}t[0]+=e.substring(r,c)+s,r=c+1}t[0]+=e.substring(r,c)};var r=n(2840);const o=Object((function(e,...t){let n=p.get(e);if(void 0===n){const t=e.map((e=>e.replace(d,"")));n=Object.assign(t,{raw:t}),p.set(e,n)}return((e,...t)=>{const n=[""];for(let s=0,a=e.length-1;s<a;s++){n[0]+=e[s];const a=Array.isArray(t[s])?t[s].flat(1/0):[t[s]];for(let e=0,t=a.length;e<t;e++){const t=a[e];if("string"==typeof t)c(t,n);else if("number"==typeof t)n[0]+=t;else{if("boolean"==typeof t||null==t)continue;if("object"==typeof t&&t.isEscaped)if(t.callbacks)n.unshift("",t);else{const e=t.toString();e instanceof Promise?n.unshift("",e):n[0]+=e}else t instanceof Promise?n.unshift("",t):c(t.toString(),n)}}}return n[0]+=e.at(-1),1===n.length?s("callbacks"in n?(e=>{const t=e.callbacks;if(!t?.length)return e;const n=[e],s={};return t.forEach((e=>e({phase:1,buffer:n,context:s}))),n[0]})(s(n[0],n.callbacks)):n[0]):(async(e,t)=>{let n="";t||=[];const a=await Promise.all(e);for(let e=a.length-1;n+=a[e],e--,!(e<0);e--){let s=a[e];if(null==s||"boolean"==typeof s)continue;if("number"==typeof s){n+=s;continue}"object"==typeof s&&t.push(...s.callbacks||[]);const r=s.isEscaped;if(s=await("object"==typeof s?s.toString():s),"object"==typeof s&&t.push(...s.callbacks||[]),s.isEscaped??r)n+=s;else{const e=[n];c(s,e),n=e[0]}}return s(n,t)})(n,n.callbacks)})(n,...t.map(i))})),i=Object((function e(t){return"string"==typeof t?(0,r.pj)(t,l):Array.isArray(t)?t.map(e):t})),l=16e3,d=/\n +/g,u=e=>s(e),p=new WeakMap}))};
//# sourceMappingURL=992.cli.js.map