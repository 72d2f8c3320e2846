"use strict";exports.id=424,exports.ids=[424],exports.modules={2994:Object((function(n,t,e){e.d(t,{RS:()=>a});const s={targets:20,points:100};function a(n,t){const e=Math.max(0,n.count-t),a=n.series.map((n=>function({runs:n,failed:t,latencyMs:e,daysLeft:s,...a},i){const r=n.findIndex((n=>n>=i)),l=n=>-1===r?[]:n.slice(r);return{...a,runs:l(n),failed:l(t),latencyMs:l(e),daysLeft:l(s)}}(n,e))).filter((({failed:n})=>n.length>0)).map((n=>({series:n,failing:n.failed.at(-1)??!1,uptime:i(n)}))).sort(((n,t)=>Number(t.failing)-Number(n.failing)||n.uptime-t.uptime));return{runs:n.count-e,since:n.when[e]??"",targets:a.slice(0,s.targets).map((({series:t})=>function(n,t){const{label:e,failed:a,lastCode:u}=n,c=e=>t[n.runs[e]??-1]??"",f=a.lastIndexOf(!0),$=f===a.length-1,d=a.lastIndexOf(!$)+1,p=Math.ceil(a.length/s.points);return{label:e,runs:a.length,failed:a.filter(Boolean).length,uptime:i(n),lastFailure:-1===f?null:{when:c(f),code:u},streak:{failing:$,runs:a.length-d,since:c(d)},latencyMs:l(n.latencyMs),daysLeft:l(n.daysLeft),points:r(a.length,p).map((([t,e])=>{return{when:c(t),runs:e-t,failed:a.slice(t,e).filter(Boolean).length,latencyMs:o(n.latencyMs.slice(t,e)),daysLeft:(s=n.daysLeft.slice(t,e),s.findLast((n=>null!==n))??null)};var s}))}}(t,n.when))),omitted:Math.max(0,a.length-s.targets)}}function i({failed:n}){return n.filter((n=>!n)).length/n.length}function r(n,t){return Array.from({length:0===n?0:Math.ceil(n/t)},((n,e)=>e*t)).map((e=>[e,Math.min(n,e+t)]))}function l(n){const t=n.filter((n=>null!==n)),e=t.at(-1);return void 0===e?null:{last:e,least:Math.min(...t),most:Math.max(...t)}}function o(n){const t=n.filter((n=>null!==n)).sort(((n,t)=>n-t));return t[t.length>>1]??null}})),2424:Object((function(n,t,e){e.r(t),e.d(t,{trends:()=>d});var s=e(3443),a=e(4871);function i(n,t){return n===t?1===t?"its only run":`all ${t} runs`:1===n?"1 run":`${n} runs`}function r(n){return`${n.slice(0,10)} ${n.slice(11,16)} UTC`}function l(n,t){return null===n||n.least===n.most?"":`${t(n.least)} to ${t(n.most)}`}e(2994),e(2840);var o=e(3633),u=e(4992);const c=21,[f,$]=[200,40];function d({runs:n,since:t,targets:e,omitted:c},d){return a.q`
    <section aria-labelledby="trend">
      <h2 id="trend">Trend</h2>
      <p class="faint">${(0,o.U9)(n,"run")} since ${(0,o.kB)(t)}</p>
      ${e.map((n=>function(n,t,e){const{label:c,points:d,runs:y,latencyMs:M,daysLeft:v}=n,[x]=d,w=Math.max(...d.map((n=>n.runs))),b={name:"Time to greeting",spread:M,say:s.W2,colour:()=>"speed"},L={name:"Certificate",spread:v,say:u.X,colour:p},U=w>1?`; each step stands for up to ${w}`:"";return a.q`
    <div class="trend">
      ${!e&&a.q`<h3>${c}</h3>`}
      <p class="streak">${q=function({streak:n,lastFailure:t,runs:e}){const s=`since ${r(n.since)}`;if(n.failing)return`fails ${s}, in ${i(n.runs,e)} (${t?.code})`;if(null===t)return`no failure in ${i(n.runs,e)}, ${s}`;const{when:a,code:l}=t;return`last failure ${r(a)} (${l}), none in ${i(n.runs,e)} since`}(n),`${q.charAt(0).toUpperCase()}${q.slice(1)}.`}</p>
      <div class="charts">
        ${function(n){const{points:t,runs:e,failed:s}=n,i=f/Math.max(1,t.length),l=t.length>50?i:.8*i,u=(n,e)=>t.map(((t,s)=>e(t)?`M${m(s*i)} ${$}v-${n}h${m(l)}v${n}`:"")).join("");return a.q`
    <figure class="chart">
      <figcaption>
        <span class="faint">Uptime</span> <strong>${function({failed:n,uptime:t}){return 0===n?"100 %":`${Number((Math.floor(1e3*t)/10).toFixed(1))} %`}(n)}</strong>
        <span class="faint range">${0===s?"no failure":(0,o.U9)(s,"failure")}</span>
      </figcaption>
      <svg viewBox="0 0 ${f} ${$}" preserveAspectRatio="none" role="img">
        <title>Uptime</title>
        <desc>${function({points:n}){const t=n.filter((({failed:n})=>n>0));if(0===t.length)return"No run failed.";const e=t.slice(-h).map((({when:n,failed:t})=>`${r(n)}${t>1?` (${t})`:""}`));return`${t.length>h?"The last failures":"Failures"}: ${e.join(", ")}.`}(n)}</desc>
        <path class="up" d="${u($/2,(n=>0===n.failed))}" />
        <path class="partly" d="${u(.75*$,(n=>n.failed>0&&n.failed<n.runs))}" />
        <path class="down" d="${u($,(n=>n.failed===n.runs))}" />
      </svg>
      <span class="hidden">${(0,o.zD)(e-s)} of ${(0,o.U9)(e,"run")} did not fail</span>
    </figure>`}(n)}
        ${g(b,d.map((n=>n.latencyMs)),l(M,s.W2))}
        ${g(L,d.map((n=>n.daysLeft)),l(v,String))}
      </div>
      ${x&&a.q`<p class="faint span">${(0,o.vd)(x.when)} to ${(0,o.vd)(t)}, ${(0,o.U9)(y,"run")}, left to right${U}</p>`}
    </div>`;var q}(n,d,1===e.length)))}
      ${c>0&&a.q`<p class="faint">${(0,o.U9)(c,"more target")}, which failed no more often, only in the history itself.</p>`}
    </section>`}function p(n){return n<0?"down":n<c?"partly":"up"}const h=5;function g({name:n,spread:t,say:e,colour:s},i,r){if(null===t)return null;const{last:l}=t,o=i.filter((n=>null!==n)),{line:u,area:c}=function(n,t,e){const s=f/n.length,a=n=>m($-2-(n-t)/(e-t)*($-4));let[i,r,l]=["","",""];for(const[t,e]of n.entries()){if(null===e){""!==l&&(r+=`V${$}z`),l="";continue}const n=`${m(t*s)} ${a(e)}`;i+=`${""===l?`M${n}`:`V${a(e)}`}h${m(s)}`,r+=`${""===l?`M${m(t*s)} ${$}V${a(e)}`:`V${a(e)}`}h${m(s)}`,l=n}return{line:i,area:""===l?r:`${r}V${$}z`}}(i,Math.min(0,...o),Math.max(1,...o));return a.q`
    <figure class="chart">
      <figcaption>
        <span class="faint">${n}</span> <strong>${e(l)}</strong>
        <span class="faint range">${r}</span>
      </figcaption>
      <svg viewBox="0 0 ${f} ${$}" preserveAspectRatio="none" role="img">
        <title>${n}</title>
        <desc>At last ${e(l)}${""!==r&&`; ${r} in all`}.</desc>
        <path class="area ${s(l)}" d="${c}" />
        <path class="curve ${s(l)}" d="${u}" />
      </svg>
    </figure>`}function m(n){return String(Number(n.toFixed(2)))}}))};
//# sourceMappingURL=424.cli.js.map