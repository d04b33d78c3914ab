//! OpenDP's own library in Rust, without Python before it: what `privacy_samplers.py` and `privacy_histogram.py` time, so
//! that a call costs no more than its work.
//!
//! opendp-native draw laplace|gaussian SCALE DRAWS            prints {"ms", "meanSquare"}
//! opendp-native histogram known|unknown texts|whole FILE SIZE SCALE THRESHOLD
//!                                                            prints {"ms", "noiseMs", "groups"}

use std::error::Error;
use std::fmt::Debug;
use std::time::{Duration, Instant};

use opendp::core::Function;
use opendp::error::Fallible;
use opendp::domains::{AtomDomain, MapDomain, VectorDomain};
use opendp::measurements::{make_gaussian, make_laplace, make_laplace_threshold};
use opendp::measures::{Approximate, MaxDivergence, ZeroConcentratedDivergence};
use opendp::metrics::{AbsoluteDistance, L01InfDistance, L1Distance, L2Distance, SymmetricDistance};
use opendp::traits::Hashable;
use opendp::transformations::{make_count_by, make_count_by_categories};

type Answer<T> = Result<T, Box<dyn Error>>;

const WARM_UP: usize = 1000;

fn main() -> Answer<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["draw", noise, scale, draws] => draw(noise, scale.parse()?, draws.parse()?),
        ["histogram", keys, kind, file, size, scale, threshold] => {
            let bytes = std::fs::read(file)?;
            let rows: Vec<i32> = bytes
                .chunks_exact(4)
                .map(|four| i32::from_le_bytes([four[0], four[1], four[2], four[3]]))
                .collect();
            let (size, scale, threshold) = (size.parse()?, scale.parse()?, threshold.parse()?);
            if *kind == "texts" {
                let text = |key: i32| format!("k{key}");
                histogram(keys, rows.into_iter().map(text).collect(), (0..size).map(text).collect(), scale, threshold)
            } else {
                histogram(keys, rows, (0..size).collect(), scale, threshold)
            }
        }
        _ => Err("usage: see the head of main.rs".into()),
    }
}

fn draw(noise: &str, scale: f64, draws: usize) -> Answer<()> {
    let domain = VectorDomain::new(AtomDomain::<i32>::default());
    let function: Function<Vec<i32>, Vec<i32>> = if noise == "laplace" {
        make_laplace::<_, _, MaxDivergence>(domain, L1Distance::<i32>::default(), scale, None)?.function.clone()
    } else {
        make_gaussian::<_, _, ZeroConcentratedDivergence>(domain, L2Distance::<f64>::default(), scale, None)?.function.clone()
    };
    function.eval(&vec![0; WARM_UP])?;
    let zeros = vec![0; draws];
    let started = Instant::now();
    let drawn = function.eval(&zeros)?;
    let ms = started.elapsed().as_secs_f64() * 1e3;
    let mean_square = drawn.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>() / draws as f64;
    println!("{{\"ms\": {ms}, \"meanSquare\": {mean_square}}}");
    Ok(())
}

fn histogram<K: Hashable + Debug>(kind: &str, rows: Vec<K>, keys: Vec<K>, scale: f64, threshold: i32) -> Answer<()> {
    let domain = VectorDomain::new(AtomDomain::<K>::default());
    let metric = SymmetricDistance::default();
    if kind == "known" {
        let count = make_count_by_categories::<L1Distance<i32>, K, i32>(domain, metric, keys, false)?;
        let noise = make_laplace::<_, _, MaxDivergence>(
            VectorDomain::new(AtomDomain::<i32>::default()),
            L1Distance::<i32>::default(),
            scale,
            None,
        )?;
        tell_time(|| count.invoke(&rows), |counts| Ok(noise.invoke(&counts)?.len()))
    } else {
        let count = make_count_by::<K, i32>(domain, metric)?;
        let counted: MapDomain<AtomDomain<K>, AtomDomain<i32>> = count.output_domain.clone();
        let noise = make_laplace_threshold::<_, L01InfDistance<AbsoluteDistance<i32>>, Approximate<MaxDivergence>>(
            counted,
            L01InfDistance::default(),
            scale,
            threshold,
            None,
        )?;
        tell_time(|| count.invoke(&rows), |counts| Ok(noise.invoke(&counts)?.len()))
    }
}

/// Prints how long counting and noise took, and the noise alone; the noise answers how many groups there are.
fn tell_time<Counts>(
    count: impl FnOnce() -> Fallible<Counts>,
    noise: impl FnOnce(Counts) -> Fallible<usize>,
) -> Answer<()> {
    let started = Instant::now();
    let counts = count()?;
    let counted = started.elapsed();
    let groups = noise(counts)?;
    let all = started.elapsed();
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    println!("{{\"ms\": {}, \"noiseMs\": {}, \"groups\": {groups}}}", ms(all), ms(all - counted));
    Ok(())
}
