/** The version of conda-lock that the second engine is. */
export const condaLockVersion = '4.0.3'
