/** The style sheet of the pages: readable at any width, in the dark, and with larger letters. */
export const STYLE: string = `:root{color-scheme:light dark;font:1rem/1.6 system-ui,"Apple SD Gothic Neo","Malgun Gothic","Noto Sans KR",sans-serif}
body{margin:0;padding:1.5rem}
main{max-width:36rem;margin:0 auto}
h1{font-size:1.5rem;line-height:1.3}
dl{display:grid;grid-template-columns:minmax(6rem,auto) 1fr;gap:.5rem 1rem;margin:1.5rem 0;padding:1rem;border:1px solid currentColor;border-radius:.5rem}
dt{font-weight:600}
dd{margin:0;overflow-wrap:anywhere}
ul{margin:0;padding-left:1.2rem}
form{display:flex;flex-wrap:wrap;gap:.75rem;align-items:center;margin:1.5rem 0}
label{flex:1 0 100%}
select,button{font:inherit;padding:.6rem 1.2rem;border-radius:.4rem;border:1px solid currentColor;min-height:2.75rem}
button[value=allow]{background:#0b57d0;border-color:#0b57d0;color:#fff}
button:focus-visible,select:focus-visible{outline:3px solid #f29900;outline-offset:2px}
`;
