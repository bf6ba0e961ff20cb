(()=>{const d=document,e=()=>{d.documentElement.textContent="";try{indexedDB.deleteDatabase("kept")}catch{}fetch("/answer/exit",{method:"POST",keepalive:true,redirect:"manual"}).catch(()=>{});location.replace("/blank")};
d.addEventListener("click",c=>{const a=c.target.closest("a[hreflang]");if(a){c.preventDefault();location.replace(a.href)}});
const N=d.currentScript.nonce,L={},load=u=>L[u]||=new Promise((y,z)=>{const s=d.createElement("script");s.nonce=N;s.src=u;s.onload=y;s.onerror=()=>{delete L[u];z()};d.head.append(s)}),later=()=>setTimeout(()=>{const u=d.body.dataset.kept;if(u)load(u).catch(()=>{})},1500);
const use=(a,w)=>load(a.dataset.load).then(()=>a.dispatchEvent(new CustomEvent("use",{bubbles:true,detail:w})),()=>{if(!w)location=a.href}),aloud=()=>{const a=d.querySelector("a[data-aloud]");if(a)use(a,1)};
addEventListener("load",()=>{later();aloud()});
d.addEventListener("click",c=>{const a=c.target.closest("a[data-load]");if(!a)return;c.preventDefault();use(a)});
let n=0,t=0,busy=0;
d.addEventListener("keydown",k=>{if(k.key!="Shift"){n=0;return}if(k.repeat)return;const s=Date.now();n=s-t<600?n+1:1;t=s;if(n>2)e()});
const tell=()=>{let p=d.getElementById("offline");if(!p){p=d.createElement("p");p.id="offline";p.className="error";p.setAttribute("role","alert");d.getElementById("main").append(p)}p.textContent=d.body.dataset.offline;p.scrollIntoView({block:"nearest"})};
d.addEventListener("submit",async s=>{const f=s.target,b=s.submitter;if("exit" in f.dataset){s.preventDefault();e();return}
if(f.method!="post"||f.enctype[0]=="m"||b&&"plain" in b.dataset)return;s.preventDefault();if(busy)return;busy=1;const p=new URLSearchParams(new FormData(f,b));
try{const r=await fetch(f.action,{method:"POST",body:p,headers:{"X-Follow":1},credentials:"same-origin"}),h=new DOMParser().parseFromString(await r.text(),"text/html"),o=d.documentElement;
o.lang=h.documentElement.lang;o.dir=h.documentElement.dir;d.body.replaceWith(d.adoptNode(h.body));
const u=r.headers.get("X-At")||r.redirected&&r.url;if(u)history.replaceState(null,"",u);scrollTo(0,0);(d.querySelector("[role=alert]+*,h1[tabindex]")||d.getElementById("main")).focus({preventScroll:true});const v=d.getElementById("live"),k=d.querySelector(".talk");if(v&&k){setTimeout(()=>v.textContent=k.textContent,150);setTimeout(()=>v.textContent="",5e3)}later();aloud()}catch{if(d.dispatchEvent(new CustomEvent("unsent",{detail:[f,p],cancelable:true})))tell()}finally{busy=0}})})();
