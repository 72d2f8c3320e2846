"use strict";exports.id=824,exports.ids=[824,468],exports.modules={2994:(e,t,n)=>{n.d(t,{Os:()=>i,RS:()=>a});const s={targets:20,points:100};function a(e,t){const n=Math.max(0,e.count-t),a=e.series.map(e=>function({runs:e,failed:t,latencyMs:n,daysLeft:s,...a},r){const i=e.findIndex(e=>e>=r),l=e=>-1===i?[]:e.slice(i);return{...a,runs:l(e),failed:l(t),latencyMs:l(n),daysLeft:l(s)}}(e,n)).filter(({failed:e})=>e.length>0).map(e=>({series:e,failing:e.failed.at(-1)??!1,uptime:r(e)})).sort((e,t)=>Number(t.failing)-Number(e.failing)||e.uptime-t.uptime);return{runs:e.count-n,since:e.when[n]??"",targets:a.slice(0,s.targets).map(({series:t})=>function(e,t){const{label:n,failed:a,lastCode:i}=e,d=n=>t[e.runs[n]??-1]??"",f=a.lastIndexOf(!0),p=f===a.length-1,$=a.lastIndexOf(!p)+1,h=Math.ceil(a.length/s.points);return{label:n,runs:a.length,failed:a.filter(Boolean).length,uptime:r(e),lastFailure:-1===f?null:{when:d(f),code:i},streak:{failing:p,runs:a.length-$,since:d($)},latencyMs:o(e.latencyMs),daysLeft:o(e.daysLeft),points:l(a.length,h).map(([t,n])=>({when:d(t),runs:n-t,failed:a.slice(t,n).filter(Boolean).length,latencyMs:c(e.latencyMs.slice(t,n)),daysLeft:u(e.daysLeft.slice(t,n))}))}}(t,e.when)),omitted:Math.max(0,a.length-s.targets)}}function r({failed:e}){return e.filter(e=>!e).length/e.length}function i(e,t){return l(e.length,Math.ceil(e.length/t)).map(([t,n])=>{const s=e.slice(t,n);return{when:s[0]?.when??"",runs:s.reduce((e,{runs:t})=>e+t,0),failed:s.reduce((e,{failed:t})=>e+t,0),latencyMs:c(s.map(({latencyMs:e})=>e)),daysLeft:u(s.map(({daysLeft:e})=>e))}})}function l(e,t){return Array.from({length:0===e?0:Math.ceil(e/t)},(e,n)=>n*t).map(n=>[n,Math.min(e,n+t)])}function o(e){const t=e.filter(e=>null!==e),n=t.at(-1);return void 0===n?null:{last:n,least:Math.min(...t),most:Math.max(...t)}}function c(e){const t=e.filter(e=>null!==e).sort((e,t)=>e-t);return t[t.length>>1]??null}function u(e){return e.findLast(e=>null!==e)??null}},729:(e,t,n)=>{n.d(t,{q:()=>p,O:()=>d});const s=1,a=(e,t)=>{const n=new String(e);return n.isEscaped=!0,n.callbacks=t,n},r=/[&<>'"]/,i=(e,t)=>{const n=e.search(r);if(-1===n)return void(t[0]+=e);let s,a,i=0;for(a=n;a<e.length;a++){switch(e.charCodeAt(a)){case 34:s="&quot;";break;case 39:s="&#39;";break;case 38:s="&amp;";break;case 60:s="&lt;";break;case 62:s="&gt;";break;default:continue}t[0]+=e.substring(i,a)+s,i=a+1}t[0]+=e.substring(i,a)},l=(e,...t)=>{const n=[""];for(let s=0,a=e.length-1;s<a;s++){n[0]+=e[s];const a=Array.isArray(t[s])?t[s].flat(1/0):[t[s]];for(let e=0,t=a.length;e<t;e++){const t=a[e];if("string"==typeof t)i(t,n);else if("number"==typeof t)n[0]+=t;else{if("boolean"==typeof t||null==t)continue;if("object"==typeof t&&t.isEscaped)if(t.callbacks)n.unshift("",t);else{const e=t.toString();e instanceof Promise?n.unshift("",e):n[0]+=e}else t instanceof Promise?n.unshift("",t):i(t.toString(),n)}}}return n[0]+=e.at(-1),1===n.length?a("callbacks"in n?(e=>{const t=e.callbacks;if(!t?.length)return e;const n=[e],a={};return t.forEach(e=>e({phase:s,buffer:n,context:a})),n[0]})(a(n[0],n.callbacks)):n[0]):(async(e,t)=>{let n="";t||=[];const s=await Promise.all(e);for(let e=s.length-1;n+=s[e],e--,!(e<0);e--){let a=s[e];if(null==a||"boolean"==typeof a)continue;if("number"==typeof a){n+=a;continue}"object"==typeof a&&t.push(...a.callbacks||[]);const r=a.isEscaped;if(a=await("object"==typeof a?a.toString():a),"object"==typeof a&&t.push(...a.callbacks||[]),a.isEscaped??r)n+=a;else{const e=[n];i(a,e),n=e[0]}}return a(n,t)})(n,n.callbacks)};var o=n(6857);const c=16e3,u=/\n +/g,d=e=>a(e),f=new WeakMap;function p(e,...t){let n=f.get(e);if(void 0===n){const t=e.map(e=>e.replace(u,""));n=Object.assign(t,{raw:t}),f.set(e,n)}return l(n,...t.map($))}function $(e){return"string"==typeof e?(0,o.pj)(e,c):Array.isArray(e)?e.map($):e}},4375:(e,t,n)=>{n.d(t,{CS:()=>o,Gy:()=>i,U9:()=>$,Zm:()=>c,fK:()=>d,kB:()=>f,nf:()=>u,qS:()=>l,vd:()=>p,zD:()=>h});var s=n(729),a=n(1934);const r={pass:"M6 12.5l4 4 8-9",info:"M12 6.5v.1M12 11v6.5",warn:"M12 6.5V13M12 17.4v.1",fail:"M7.5 7.5l9 9m0-9l-9 9",skip:"M7 12h10"};function i(e){return s.q`
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="10.5" />
      <path d="${r[e]}" />
    </svg>`}function l(e){return s.q`<span class="badge ${e}"><span aria-hidden="true">${a.SV[e]}</span> ${e}</span>`}function o(e){const t=e.split(/(`[^`]+`)/);return s.q`${t.map((e,t)=>t%2==1?s.q`<code>${e.slice(1,-1)}</code>`:e)}`}function c(e){return s.q`<pre class="commands">${e.map(e=>s.q`<code>${e}\n</code>`)}</pre>`}function u(e,t){return/^https:\/\/[^\s/]/.test(e)?s.q`<a href="${e}">${t}</a>`:s.q`<span>${t}</span>`}function d(e,t){return null===t||!1===t?null:s.q`
    <div>
      <dt>${e}</dt>
      <dd>${t}</dd>
    </div>`}function f(e){return s.q`<time datetime="${e}">${e.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*Z$/,"$1 $2 UTC")}</time>`}function p(e){return s.q`<time>${e.slice(0,10)}</time>`}function $(e,t,n=`${t}s`){return`${h(e)} ${1===e?t:n}`}function h(e){return String(e).replace(/\B(?=(?:\d{3})+$)/g," ")}},5514:(e,t,n)=>{n.d(t,{B:()=>l});var s=n(729),a=n(5293),r=n(1934),i=n(4375);function l(e,{place:t,said:n,elsewhere:r}){const{code:l,status:u,title:d,message:f,impact:p,evidence:$,verify:h,docs:g,ignored:m}=e;return s.q`
    <section class="finding">
      <h4>${(0,i.qS)(u)} ${d} <code>${l}</code>${m&&s.q`<span class="faint"> (ignored)</span>`}</h4>
      ${!n&&s.q`<p>${(0,i.CS)(f)}</p>`}
      <h5>Seen</h5>
      <pre><code>${$}</code></pre>
      ${null===r&&s.q`<p><strong>Why it matters:</strong> ${p}</p>`}
      ${null===r?function({causes:e,remedies:t},n){const r=t.filter(({environment:e})=>e===n||"any"===e),l=t.filter(e=>!r.includes(e));return s.q`
    <h5>${1===e.length?"Likely cause":"Likely causes, the likeliest first"}</h5>
    <ol>${e.slice(0,a.q).map(e=>s.q`<li>${(0,i.CS)(e)}</li>`)}</ol>
    ${o(e)}
    <h5>What to do</h5>
    ${c(r)}
    ${o(r)}
    ${l.length>0&&function(e){return s.q`
    <details class="others">
      <summary>On other kinds of runner</summary>
      ${c(e)}
    </details>`}(l)}`}(e,t):function(e){return"nowhere"===e?s.q`<p>Causes and remedies are in the JSON report.</p>`:s.q`<p>Causes and remedies are those of <a href="#${e.id}">${e.label}</a>.</p>`}(r)}
      <h5>To check the fix</h5>
      ${(0,i.Zm)([h])}
      ${(null===r||"nowhere"===r)&&s.q`<p>${(0,i.nf)(g,s.q`More about <code>${l}</code>`)}</p>`}
    </section>`}function o(e){return e.length>a.q?s.q`<p>${(0,i.zD)(e.length-a.q)} more in the JSON report.</p>`:null}function c(e){return s.q`<ul class="remedies">${e.slice(0,a.q).map(u)}</ul>`}function u({environment:e,text:t,commands:n}){return s.q`
    <li>
      <p>${"any"!==e&&s.q`<strong>${r.TI[e]}: </strong>`}${(0,i.CS)(t)}</p>
      ${n.length>0&&(0,i.Zm)(n)}
    </li>`}},8938:(e,t,n)=>{n.d(t,{S:()=>s,X:()=>a});const s=5;function a(e){return"brief"===e||"row"===e}},4992:(e,t,n)=>{n.d(t,{X:()=>$,a:()=>d});var s=n(407),a=n(729),r=n(4375),i=n(5514),l=n(8938),o=n(3412);const c=200;function u({from:e,atMs:t,text:n}){return a.q`
    <tr class="${e}">
      <td>${Math.round(t)} ms</td>
      <td>${e}</td>
      <td><code>${n}</code></td>
    </tr>`}function d(e,t,{scale:n,place:d,explainedAt:h}){const{target:g,id:m,detail:y,open:q}=e,{status:v,findings:M,steps:b,message:k,transcript:w}=g,S=[...new Set(M.map(({code:e})=>e))].join(" "),x="row"===y?M.slice(0,l.S):M,T=M.length-x.length,L=x.map(e=>(0,i.B)(e,{place:d,said:k.startsWith(e.message),elsewhere:(0,l.X)(y)?h.get(e.code)??"nowhere":null}));return a.q`
    <details class="target" id="${m}" data-status="${v}" data-codes="${S}"${q&&" open"}>
      <summary>
        ${(0,r.qS)(v)}
        <span class="name"><h3>${g.target.label}</h3>${function({code:e,findings:t,latencyMs:n}){const s=t.find(t=>t.code===e)??t[0];if(!s)return a.q`<span class="essence faint">${null===n?"passes":"greets as it should"}</span>`;const r=t.length>1&&` and ${t.length-1} more`;return a.q`<span class="essence">${s.title} <code>${s.code}</code>${r}</span>`}(g)}</span>
        ${b.length>0&&(0,o.bB)(b,n)}
        ${function({latencyMs:e}){return null===e?a.q`<span class="latency"><span class="hidden">no greeting</span><span aria-hidden="true">&ndash;</span></span>`:a.q`<span class="latency"><span class="hidden">greeted after </span>${(0,s.W2)(e)}</span>`}(g)}
      </summary>
      <div class="body">
        ${!t&&a.q`<p class="message">${(0,r.CS)(k)}</p>`}
        ${L}
        ${T>0&&a.q`<p>${(0,r.U9)(T,"more finding")} in the JSON report.</p>`}
        ${function({target:e,...t},n){const{address:i,addresses:l,banner:o,latencyMs:c,tls:u,capabilities:d,attempts:h,durationMs:g}=t,m=l.filter(({outcome:e})=>"connected"!==e),y=d??[];return a.q`
    <dl class="facts">
      ${(0,r.fK)("Address",i&&i!==e.host&&a.q`<code>${i}</code>`)}
      ${(0,r.fK)("Not connected",m.length>0&&m.map(f))}
      ${(0,r.fK)("Greeting",o&&a.q`<code>${o}</code>`)}
      ${(0,r.fK)("Time to greeting",!n&&null!==c&&(0,s.W2)(c))}
      ${(0,r.fK)("TLS",u&&`${u.protocol}, ${u.cipher}, ${u.authorized?"verified":"not verified"}`)}
      ${(0,r.fK)("Certificate",u&&function({subject:e,issuer:t,validFrom:n,validTo:s,daysLeft:r}){const i=a.q`${p(n)} to ${p(s)} (${$(r)})`;return a.q`<code>${e}</code> by <code>${t}</code>, ${i}`}(u))}
      ${(0,r.fK)("Offers",y.length>0&&y.map(e=>a.q`<code>${e}</code> `))}
      ${(0,r.fK)("Attempts",1!==h&&`${h} in ${(0,s.W2)(g)}`)}
    </dl>`}(g,(0,l.X)(y))}
        ${!(0,l.X)(y)&&b.length>0&&(0,o.Ph)(b,n)}
        ${"whole"===y&&w.length>0&&function(e){const t=e.length-c;return a.q`
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
        <tbody>${e.slice(0,c).map(u)}</tbody>
      </table>
      ${t>0&&a.q`<p class="faint">${(0,r.U9)(t,"more line")} in the JSON report.</p>`}
    </details>`}(w)}
      </div>
    </details>`}function f({address:e,outcome:t,errno:n,tookMs:r}){return a.q`<span class="line"><code>${e}</code> ${n??t} after ${(0,s.W2)(r)}</span>`}function p(e){return null===e?"(unreadable)":(0,r.vd)(e)}function $(e){return null===e?"unknown":e>=0?`${(0,r.U9)(e,"day")} left`:-1===e?"expired today":`expired ${(0,r.U9)(-e-1,"day")} ago`}},3412:(e,t,n)=>{n.d(t,{KN:()=>g,Ph:()=>u,_K:()=>o,bB:()=>c,o1:()=>p,yo:()=>f});var s=n(407),a=n(729);const r={resolve:"resolve",connect:"connect",greeting:"greeting",ehlo:"EHLO",starttls:"STARTTLS",tls:"TLS","ehlo-again":"EHLO again",auth:"AUTH",mail:"MAIL",rcpt:"RCPT",rset:"RSET",quit:"QUIT"},i={resolve:"resolve",connect:"connect",greeting:"greeting, EHLO",tls:"TLS",auth:"AUTH",envelope:"MAIL, RCPT",quit:"QUIT"},l={resolve:"resolve",connect:"connect",greeting:"greeting",ehlo:"greeting",starttls:"tls",tls:"tls","ehlo-again":"greeting",auth:"auth",mail:"envelope",rcpt:"envelope",rset:"envelope",quit:"quit"};function o(e){let t=1;for(const{steps:n}of e)for(const e of n)t=Math.max(t,e.startMs+e.tookMs);const n=10**Math.floor(Math.log10(t/5)),s=[1,2,5,10].map(e=>e*n).find(e=>t/e<=5)??t;return{endMs:t,markMs:s}}function c(e,t){const n=e.filter(({status:e})=>"skipped"!==e);return a.q`
    <svg class="strip" role="img">
      <title>Where the time went</title>
      <desc>${n.map(h).join(", ")}</desc>
      ${n.map(e=>d(e,t))}
    </svg>`}function u(e,t){return a.q`
    <table class="steps">
      <caption>Where the time went</caption>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col">Time</th>
          <th scope="col">${f(t)}</th>
        </tr>
      </thead>
      <tbody>${e.map(e=>function(e,t){const{status:n,tookMs:i,because:l}=e,o="skipped"===n;return a.q`
    <tr class="${n}">
      <th scope="row">${r[e.step]}</th>
      <td>${o?"\u2013":(0,s.W2)(i)}</td>
      <td>
        ${o&&a.q`<span class="faint">skipped${l&&`: ${l}`}</span>`}
        ${!o&&a.q`<svg class="strip" aria-hidden="true">${d(e,t)}</svg>`}
        ${"failed"===n&&a.q`<span class="because">&cross; ${l??"failed"}</span>`}
      </td>
    </tr>`}(e,t))}</tbody>
    </table>`}function d({step:e,startMs:t,tookMs:n,status:s},{endMs:r}){const i=Math.min(99,t/r*100),o=Math.max(.5,n/r*100),c="failed"===s?"failed":l[e];return a.q`<rect class="k-${c}" x="${g(i)}" width="${g(o)}" />`}function f({endMs:e,markMs:t}){const n=Array.from({length:Math.floor(e/t)+1},(e,n)=>n*t);return a.q`
    <svg class="axis" role="img">
      <title>Scale: 0 to ${(0,s.W2)(e)}</title>
      ${n.map(t=>function(e,t){const n=g(100*t);return a.q`
    <line x1="${n}" x2="${n}" y1="75%" y2="100%" />
    <text x="${n}" class="${0===t?"first":t>.9?"last":""}">${function(e){return 0===e?"0":e<1?`${Number(e.toFixed(2))} ms`:(0,s.W2)(e)}(e)}</text>`}(t,t/e))}
    </svg>`}function p(e){const t=new Set(e.flatMap(({steps:e})=>e.map(({step:e})=>l[e]))),n=e.some(({steps:e})=>e.some(({status:e})=>"failed"===e)),s=Object.entries(i).filter(([e])=>t.has(e));return n&&s.push(["failed","failed"]),a.q`<ul class="legend" aria-label="Colours of the bars">${s.map($)}</ul>`}function $([e,t]){return a.q`<li><svg aria-hidden="true"><rect class="k-${e}" width="100%" /></svg>${t}</li>`}function h({step:e,status:t,tookMs:n,because:a}){const i=r[e];return"failed"===t?`${i} failed after ${(0,s.W2)(n)} (${a})`:`${i} ${(0,s.W2)(n)}`}function g(e){return`${Number(e.toFixed(1))}%`}},3824:(e,t,n)=>{n.r(t),n.d(t,{trends:()=>d});var s=n(407),a=n(729),r=n(9468),i=n(4375),l=n(4992);const o=21,[c,u]=[200,40];function d({runs:e,since:t,targets:n,omitted:o},d){return a.q`
    <section aria-labelledby="trend">
      <h2 id="trend">Trend</h2>
      <p class="faint">${(0,i.U9)(e,"run")} since ${(0,i.kB)(t)}</p>
      ${n.map(e=>function(e,t,n){const{label:o,points:d,runs:g,latencyMs:m,daysLeft:y}=e,[q]=d,v=Math.max(...d.map(e=>e.runs)),M={name:"Time to greeting",spread:m,say:s.W2,colour:()=>"speed"},b={name:"Certificate",spread:y,say:l.X,colour:f},k=v>1?`; each step stands for up to ${v}`:"";return a.q`
    <div class="trend">
      ${!n&&a.q`<h3>${o}</h3>`}
      <p class="streak">${w=(0,r.sayStreak)(e),`${w.charAt(0).toUpperCase()}${w.slice(1)}.`}</p>
      <div class="charts">
        ${function(e){const{points:t,runs:n,failed:s}=e,l=c/Math.max(1,t.length),o=t.length>50?l:.8*l,d=(e,n)=>t.map((t,s)=>n(t)?`M${h(s*l)} ${u}v-${e}h${h(o)}v${e}`:"").join("");return a.q`
    <figure class="chart">
      <figcaption>
        <span class="faint">Uptime</span> <strong>${(0,r.sayUptime)(e)}</strong>
        <span class="faint range">${0===s?"no failure":(0,i.U9)(s,"failure")}</span>
      </figcaption>
      <svg viewBox="0 0 ${c} ${u}" preserveAspectRatio="none" role="img">
        <title>Uptime</title>
        <desc>${function({points:e}){const t=e.filter(({failed:e})=>e>0);if(0===t.length)return"No run failed.";const n=t.slice(-p).map(({when:e,failed:t})=>`${(0,r.sayTime)(e)}${t>1?` (${t})`:""}`);return`${t.length>p?"The last failures":"Failures"}: ${n.join(", ")}.`}(e)}</desc>
        <path class="up" d="${d(u/2,e=>0===e.failed)}" />
        <path class="partly" d="${d(.75*u,e=>e.failed>0&&e.failed<e.runs)}" />
        <path class="down" d="${d(u,e=>e.failed===e.runs)}" />
      </svg>
      <span class="hidden">${(0,i.zD)(n-s)} of ${(0,i.U9)(n,"run")} did not fail</span>
    </figure>`}(e)}
        ${$(M,d.map(e=>e.latencyMs),(0,r.sayRange)(m,s.W2))}
        ${$(b,d.map(e=>e.daysLeft),(0,r.sayRange)(y,String))}
      </div>
      ${q&&a.q`<p class="faint span">${(0,i.vd)(q.when)} to ${(0,i.vd)(t)}, ${(0,i.U9)(g,"run")}, left to right${k}</p>`}
    </div>`;var w}(e,d,1===n.length))}
      ${o>0&&a.q`<p class="faint">${(0,i.U9)(o,"more target")}, which failed no more often, only in the history itself.</p>`}
    </section>`}function f(e){return e<0?"down":e<o?"partly":"up"}const p=5;function $({name:e,spread:t,say:n,colour:s},r,i){if(null===t)return null;const{last:l}=t,o=r.filter(e=>null!==e),{line:d,area:f}=function(e,t,n){const s=c/e.length,a=e=>h(u-2-(e-t)/(n-t)*(u-4));let[r,i,l]=["","",""];for(const[t,n]of e.entries()){if(null===n){""!==l&&(i+=`V${u}z`),l="";continue}const e=`${h(t*s)} ${a(n)}`;r+=`${""===l?`M${e}`:`V${a(n)}`}h${h(s)}`,i+=`${""===l?`M${h(t*s)} ${u}V${a(n)}`:`V${a(n)}`}h${h(s)}`,l=e}return{line:r,area:""===l?i:`${i}V${u}z`}}(r,Math.min(0,...o),Math.max(1,...o));return a.q`
    <figure class="chart">
      <figcaption>
        <span class="faint">${e}</span> <strong>${n(l)}</strong>
        <span class="faint range">${i}</span>
      </figcaption>
      <svg viewBox="0 0 ${c} ${u}" preserveAspectRatio="none" role="img">
        <title>${e}</title>
        <desc>At last ${n(l)}${""!==i&&`; ${i} in all`}.</desc>
        <path class="area ${s(l)}" d="${f}" />
        <path class="curve ${s(l)}" d="${d}" />
      </svg>
    </figure>`}function h(e){return String(Number(e.toFixed(2)))}},5293:(e,t,n)=>{function s(e,t){const n=new Set,[s,a]=[[],[]];for(const r of e){const e=t(r);(n.has(e)?a:s).push(r),n.add(e)}return[...s,...a]}n.d(t,{C:()=>s,q:()=>a});const a=20},9468:(e,t,n)=>{n.r(t),n.d(t,{sayDays:()=>g,sayRange:()=>y,sayStreak:()=>p,sayTime:()=>h,sayUptime:()=>f,trendBlocks:()=>c,trendLines:()=>u});var s=n(2994),a=n(407),r=n(6857);const i=50,l="\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588",o="\xb7";function c({trend:e,targets:t},n){if(null===e||e.runs<2||0===n)return[];const s=e.targets.slice(0,n),a=e.targets.length+e.omitted-s.length,i=t.length>1;return[...i?["---"]:[],`**Trend** over ${e.runs} runs since ${h(e.since)}`,...s.map(e=>(0,r.h0)([...i?[e.label]:[],...u(e)])),...a>0?[`_The trends of ${a} more targets, which hold as often or more often, are not shown._`]:[]]}function u(e){const{runs:t,failed:n,points:r}=e,l=(0,s.Os)(r,i),[o,c]=[e.latencyMs,e.daysLeft];return[d("uptime",f(e),l.map(m).join(""),`${t-n} of ${t} runs`),...null===o?[]:[d("greeting",(0,a.W2)(o.last),q(l.map(e=>e.latencyMs)),y(o,a.W2))],...null===c?[]:[d("certificate",g(c.last),q(l.map(e=>e.daysLeft)),y(c,String))],`  ${p(e)}`]}function d(e,t,n,s){return`  ${e.padEnd(11)}  ${t.padStart(9)}  ${n}  ${s}`}function f({failed:e,uptime:t}){return 0===e?"100 %":`${Number((Math.floor(1e3*t)/10).toFixed(1))} %`}function p({streak:e,lastFailure:t,runs:n}){const s=`since ${h(e.since)}`;if(e.failing)return`fails ${s}, in ${$(e.runs,n)} (${t?.code})`;if(null===t)return`no failure in ${$(e.runs,n)}, ${s}`;const{when:a,code:r}=t;return`last failure ${h(a)} (${r}), none in ${$(e.runs,n)} since`}function $(e,t){return e===t?1===t?"its only run":`all ${t} runs`:1===e?"1 run":`${e} runs`}function h(e){return`${e.slice(0,10)} ${e.slice(11,16)} UTC`}function g(e){return 1===e?"1 day":`${e} days`}function m({runs:e,failed:t}){return 0===t?"\u2588":t<e?"\u2584":"\u2581"}function y(e,t){return null===e||e.least===e.most?"":`${t(e.least)} to ${t(e.most)}`}function q(e){const t=e.filter(e=>null!==e),[n,s]=[Math.min(0,...t),Math.max(1,...t)];return e.map(e=>null===e?o:l[(e=>Math.min(l.length-1,Math.floor((e-n)/(s-n)*l.length)))(e)]).join("")}}};
