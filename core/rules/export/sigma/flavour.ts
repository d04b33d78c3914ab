/** For whom a Sigma rule is written: the specification, or what a backend of pySigma makes of it. */
export type Flavour = 'sigma' | 'splunk' | 'esql';
