import { readdirSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { seededRandom } from '../../core/random/index.ts';
import { fitScaler, applyScaler } from '../../core/detect/scale.ts';
import { fitForest, scoreForest } from '../../core/detect/isolation-forest/index.ts';
import { fitAutoencoder, attributeAutoencoder } from '../../core/detect/autoencoder/index.ts';
import { midRanks } from '../../core/math/index.ts';
const dir='/work/shared/data/adbench/';
const db=await (await DuckDBInstance.create(':memory:')).connect();
const roc=(s:Float64Array,y:Uint8Array)=>{const r=midRanks(s);let a=0,p=0;y.forEach((v,i)=>{if(v){p++;a+=r[i]}});return (a-p*(p+1)/2)/(p*(y.length-p))};
const ap=(s:Float64Array,y:Uint8Array)=>{const o=[...s.keys()].sort((a,b)=>s[b]-s[a]);let tp=0,sum=0,P=y.reduce((a,b)=>a+b,0);for(let k=0;k<o.length;){let e=k,t=0;while(e<o.length&&s[o[e]]===s[o[k]]){t+=y[o[e]];e++}tp+=t;sum+=t/P*tp/e;k=e}return sum};
const tail=(s:Float64Array)=>midRanks(s).map(r=>-Math.log10(1-(r-.5)/s.length));
const add=(a:Float64Array,b:Float64Array,w:number)=>a.map((x,i)=>x+w*b[i]);
const tot:Record<string,number[]>={}; let n=0;
for(const f of readdirSync(dir)){
 const res=await db.runAndReadAll(`select * from '${dir}${f}'`);const cols=res.getColumns() as unknown as number[][];const names=res.columnNames();
 const li=names.indexOf('label');const y=Uint8Array.from(cols[li],Number); if(y.length>1e5)continue;
 const table={actors:Array.from(y,(_,i)=>String(i)),events:new Float64Array(y.length).fill(1),names:names.filter((_,i)=>i!==li),columns:cols.filter((_,i)=>i!==li).map(c=>Float64Array.from(c,Number))};
 const lin=applyScaler(fitScaler(table,'linear'),table).matrix, sh=applyScaler(fitScaler(table,'shaped'),table).matrix;
 n++;
 for(let seed=0;seed<3;seed++){const r=seededRandom(seed);
 const S:Record<string,Float64Array>={};
 S.if=await scoreForest(await fitForest(lin,r.fork('b')),lin,{threads:1});
 const K:Record<string,Float64Array>={};const d=sh.columns;
 for(const k of ['sq','abs','log','sq_avg','abs_avg','log_avg'])K[k]=new Float64Array(y.length);
 for(let e=0;e<3;e++){const m=await fitAutoencoder(sh,r.fork('ae'+e),{}); const cells=await attributeAutoencoder(m,sh);
 for(let i=0;i<y.length;i++){let a=0,b=0,c=0;for(let j=0;j<d;j++){const v=cells[i*d+j]*d;a+=v;b+=Math.sqrt(v);c+=Math.log1p(v);}
  K.sq_avg[i]+=a;K.abs_avg[i]+=b;K.log_avg[i]+=c;if(e===0){K.sq[i]=a;K.abs[i]=b;K.log[i]=c}}}
 for(const k in K){S[k]=K[k];for(const w of [1,.5,.33])S['+'+w+k]=add(tail(S.if),tail(K[k]),w);}
 for(const [k,s] of Object.entries(S)){const a=roc(s,y),b=ap(s,y);(tot[k]??=[0,0]);tot[k][0]+=a;tot[k][1]+=b;}}
}
for(const [k,v] of Object.entries(tot))console.log(k.padEnd(12),(v[0]/n/3).toFixed(4),(v[1]/n/3).toFixed(4));
