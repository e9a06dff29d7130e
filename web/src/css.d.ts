/** The bundler takes styles that a script imports. */
declare module '*.css';
