// Draws the page numbers of a list. Pages count from 0: index.html, index_1.html, ...
function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt) {
  if (_nPageCount == null || _nPageCount <= 1) { return; }
  var nCurrIndex = _nCurrIndex || 0;
  function link(index, text) {
    var name = index == 0 ? _sPageName : _sPageName + "_" + index;
    return "<a href=\"" + name + "." + _sPageExt + "\">" + text + "</a>&nbsp;";
  }
  document.write("共" + _nPageCount + "页&nbsp;");
  if (nCurrIndex > 0) { document.write(link(0, "首页")); document.write(link(nCurrIndex - 1, "上一页")); }
  for (var i = 0; i < _nPageCount; i++) {
    if (nCurrIndex == i) { document.write("<span>" + (i + 1) + "</span>&nbsp;"); } else { document.write(link(i, i + 1)); }
  }
  if (nCurrIndex < _nPageCount - 1) { document.write(link(nCurrIndex + 1, "下一页")); document.write(link(_nPageCount - 1, "尾页")); }
}
