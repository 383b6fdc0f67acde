// A page of tables only: there is too much to draw.

document.body.classList.add('listed');
translatePage();
buildTables();
byId('ts-language').addEventListener('click', () => {
  language = language === 'vi' ? 'en' : 'vi';
  nameAll();
  translatePage();
  buildTables();
});
