"""Golden vectors for core/feedback/posterior.ts: numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.0.

The mode by scipy's minimiser on the log posterior itself (any mean), checked against scikit-learn's GaussianProcessClassifier
(mean 0); deviations by the inverse of K + W⁻¹, as Rasmussen & Williams 2006, eq. 3.24, has it.

Run: python test/golden/feedback-posterior.py > test/golden/feedback-posterior.json
"""

import json

import numpy as np
from scipy.optimize import minimize
from sklearn.gaussian_process import GaussianProcessClassifier
from sklearn.gaussian_process.kernels import RBF, ConstantKernel


def mode(covariance, mean, labels):
    factor = np.linalg.cholesky(covariance)
    sign = 2 * labels - 1

    def loss(u):
        f = mean + factor @ u
        slope = -sign / (1 + np.exp(sign * f))
        return np.logaddexp(0, -sign * f).sum() + u @ u / 2, factor.T @ slope + u

    found = minimize(loss, np.zeros(len(mean)), jac=True, method="BFGS", options={"gtol": 1e-12, "maxiter": 10_000})
    return mean + factor @ found.x


def case(rng, size, amplitude, mean_of):
    x = rng.normal(size=(size, 3))
    others = rng.normal(size=(4, 3))
    labels = (rng.random(size) < 0.4).astype(int)
    labels[0], labels[1] = 1, 0
    kernel = ConstantKernel(amplitude) * RBF(1.0)
    covariance = kernel(x) + 1e-6 * np.eye(size)
    mean = mean_of(x)
    f = mode(covariance, mean, labels)
    if not mean.any():
        theirs = GaussianProcessClassifier(kernel, optimizer=None, max_iter_predict=1000).fit(x, labels).base_estimator_.pi_
        assert np.allclose(theirs, 1 / (1 + np.exp(-f)), atol=1e-4)
    p = 1 / (1 + np.exp(-f))
    between = kernel(others, x)
    spread = np.linalg.inv(covariance + np.diag(1 / (p * (1 - p))))
    variance = amplitude - np.einsum("ij,jk,ik->i", between, spread, between)
    return {
        "covariance": covariance.ravel().tolist(),
        "mean": mean.tolist(),
        "isAbuse": (labels == 1).tolist(),
        "logOdds": f.tolist(),
        "own": amplitude,
        "between": between.tolist(),
        "deviation": np.sqrt(variance).tolist(),
    }


rng = np.random.default_rng(8)
print(json.dumps([
    case(rng, 5, 1.0, lambda x: np.zeros(len(x))),
    case(rng, 30, 10.0, lambda x: np.zeros(len(x))),
    case(rng, 40, 12.0, lambda x: x[:, 0] - 2),
]))
