<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
 <context>
  <name>applicant</name>
  <message id="name">
   <source>姓名</source>
   <translation>Name</translation>
  </message>
  <message id="id_no">
   <source>身份证号</source>
   <translation>ID number</translation>
  </message>
  <message id="phone">
   <source>手机号</source>
   <translation>Mobile number</translation>
  </message>
  <message id="item">
   <source>要办的事</source>
   <translation>Service</translation>
  </message>
  <message id="business_name">
   <source>店名</source>
   <translation>Shop name</translation>
  </message>
  <message id="premises_address">
   <source>店址</source>
   <translation>Shop address</translation>
  </message>
  <message id="premises_kind">
   <source>店面怎么来的</source>
   <translation>Premises are</translation>
  </message>
  <message id="capital">
   <source>投入资金（元）</source>
   <translation>Money put in (yuan)</translation>
  </message>
  <message id="staff_count">
   <source>多少人干活</source>
   <translation>People working</translation>
  </message>
  <message id="scope">
   <source>经营什么</source>
   <translation>What is sold or done</translation>
  </message>
  <message id="operator_address">
   <source>家庭住址</source>
   <translation>Home address</translation>
  </message>
  <message id="current_address">
   <source>现在住哪里</source>
   <translation>Present address</translation>
  </message>
  <message id="bank_account">
   <source>收款账号</source>
   <translation>Account number</translation>
  </message>
 </context>
 <context>
  <name>applicant_screen</name>
  <message id="seen.window_n">
   <source>{n} 号窗口</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Window {n}</translation>
  </message>
  <message id="seen.step_n_of_3">
   <source>第 {n} 步，共 3 步</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Step {n} of 3</translation>
  </message>
  <message id="seen.accepted">
   <source>已受理</source>
   <translation>Accepted</translation>
  </message>
  <message id="seen.large_text">
   <source>大字</source>
   <translation>Large text</translation>
  </message>
  <message id="seen.usual_text">
   <source>标准字</source>
   <translation>Usual text</translation>
  </message>
  <message id="seen.huge_text">
   <source>特大字</source>
   <translation>Huge text</translation>
  </message>
  <message id="seen.contrast">
   <source>高对比</source>
   <translation>High contrast</translation>
  </message>
  <message id="seen.usual_colours">
   <source>标准色</source>
   <translation>Usual colours</translation>
  </message>
  <message id="seen.language">
   <source>EN</source>
   <translation>中文</translation>
  </message>
  <message id="seen.language.name">
   <source>English</source>
   <translation>中文</translation>
  </message>
  <message id="seen.read_aloud">
   <source>朗读</source>
   <translation>Read aloud</translation>
  </message>
  <message id="seen.be_silent">
   <source>停止</source>
   <translation>Stop</translation>
  </message>
  <message id="seen.back_to_usual">
   <source>{n} 秒后恢复标准显示</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Usual display again in {n} s</translation>
  </message>
  <message id="seen.turn_back">
   <source>请把屏幕转给工作人员（Alt+T）</source>
   <translation>Turn the screen to the clerk (Alt+T)</translation>
  </message>
  <message id="seen.spoken.covered">
   <source>，中间不读，</source>
   <translation>, hidden, </translation>
  </message>
  <message id="seen.spoken.row">
   <source>{label}，{text}</source>
   <extracomment>keep: {label} {text}</extracomment>
   <translation>{label}: {text}</translation>
  </message>
  <message id="seen.spoken.called">
   <source>请 {ticket} 到 {n} 号窗口</source>
   <extracomment>keep: {ticket} {n}</extracomment>
   <translation>Number {ticket}, window {n}</translation>
  </message>
  <message id="seen.spoken.check">
   <source>都对，请点最下面的按钮。哪一项不对，请点它右边的按钮。</source>
   <translation>If all is correct, press the button at the bottom. If a line is wrong, press the button beside it.</translation>
  </message>
  <message id="seen.spoken.declare">
   <source>同意，请点右下的按钮。不同意，请点左下的按钮。</source>
   <translation>To agree, press the button at the lower right. If you do not agree, the one at the lower left.</translation>
  </message>
  <message id="seen.blank.paused">
   <source>本窗口暂停服务</source>
   <translation>This window is closed for now</translation>
  </message>
  <message id="seen.blank.paused_until">
   <source>预计 {t} 恢复，请看大厅屏</source>
   <extracomment>keep: {t}</extracomment>
   <translation>Open again at about {t}, please watch the hall screen</translation>
  </message>
  <message id="seen.blank.paused_open">
   <source>恢复时间请看大厅屏</source>
   <translation>Please watch the hall screen</translation>
  </message>
  <message id="seen.blank.serving_here">
   <source>请按叫号到窗口办理</source>
   <translation>Please wait until your number is called</translation>
  </message>
  <message id="seen.welcome.please">
   <source>请</source>
   <translation>Number</translation>
  </message>
  <message id="seen.welcome.go_to">
   <source>到</source>
   <translation>please go to</translation>
  </message>
  <message id="seen.welcome.of_window">
   <source>号
窗口</source>
   <translation>window</translation>
  </message>
  <message id="seen.welcome.hello">
   <source>您好，请坐</source>
   <translation>Hello, please sit</translation>
  </message>
  <message id="seen.welcome.lay_card">
   <source>请把身份证放在读卡器上</source>
   <translation>Place your ID card on the reader</translation>
  </message>
  <message id="seen.welcome.clerk">
   <source>经办人 {name}</source>
   <extracomment>keep: {name}</extracomment>
   <translation>Clerk {name}</translation>
  </message>
  <message id="seen.welcome.account">
   <source>工号 {account}</source>
   <extracomment>keep: {account}</extracomment>
   <translation>No. {account}</translation>
  </message>
  <message id="seen.help">
   <source>需要帮助</source>
   <translation>Help</translation>
  </message>
  <message id="seen.help_asked">
   <source>已告诉工作人员</source>
   <translation>The clerk has been told</translation>
  </message>
  <message id="seen.identity.title">
   <source>请看看是不是您</source>
   <translation>Is this you?</translation>
  </message>
  <message id="seen.identity.note">
   <source>不对就告诉工作人员。按住号码可以看全号。</source>
   <translation>Tell the clerk if it is wrong. Hold the number to see all of it.</translation>
  </message>
  <message id="seen.label.name">
   <source>姓名</source>
   <translation>Name</translation>
  </message>
  <message id="seen.label.id_no">
   <source>身份证号</source>
   <translation>ID number</translation>
  </message>
  <message id="seen.wait.title">
   <source>正在为您办理</source>
   <translation>We are working on it</translation>
  </message>
  <message id="seen.wait.note">
   <source>工作人员录入完，会请您在这里核对和签名。</source>
   <translation>You will be asked to check and sign here.</translation>
  </message>
  <message id="seen.check.title">
   <source>请核对您的信息</source>
   <translation>Please check</translation>
  </message>
  <message id="seen.check.wrong">
   <source>不对</source>
   <translation>Wrong</translation>
  </message>
  <message id="seen.check.wrong_of">
   <source>{label} 不对</source>
   <extracomment>keep: {label}</extracomment>
   <translation>{label} is wrong</translation>
  </message>
  <message id="seen.check.all_correct">
   <source>都对，下一步</source>
   <translation>All correct, next</translation>
  </message>
  <message id="seen.check.told">
   <source>已告诉工作人员：{label}</source>
   <extracomment>keep: {label}</extracomment>
   <translation>The clerk has been told: {label}</translation>
  </message>
  <message id="seen.check.more_below">
   <source>下面还有 {n} 项，可用手指滑动</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} more below, slide with your finger</translation>
  </message>
  <message id="seen.check.seen_all">
   <source>已看完 {n} 项</source>
   <extracomment>keep: {n}</extracomment>
   <translation>All {n} seen</translation>
  </message>
  <message id="seen.page_of">
   <source>第 {n} 页，共 {of} 页</source>
   <extracomment>keep: {n} {of}</extracomment>
   <translation>Page {n} of {of}</translation>
  </message>
  <message id="seen.page_up">
   <source>上一页</source>
   <translation>Page up</translation>
  </message>
  <message id="seen.page_down">
   <source>下一页</source>
   <translation>Page down</translation>
  </message>
  <message id="seen.declare.title">
   <source>请确认材料和承诺</source>
   <translation>Check and agree</translation>
  </message>
  <message id="seen.declare.materials">
   <source>您交的材料</source>
   <translation>Your documents</translation>
  </message>
  <message id="seen.declare.declaration">
   <source>您的承诺</source>
   <translation>Your declaration</translation>
  </message>
  <message id="seen.declare.agree">
   <source>同意，去签名</source>
   <translation>Agree and sign</translation>
  </message>
  <message id="seen.declare.disagree">
   <source>不同意</source>
   <translation>Do not agree</translation>
  </message>
  <message id="seen.declare.disagreed">
   <source>已告诉工作人员，您不同意承诺</source>
   <translation>The clerk has been told that you do not agree</translation>
  </message>
  <message id="seen.material.ready">
   <source>{n} 页</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} pages</translation>
  </message>
  <message id="seen.material.scanning">
   <source>{n} 页</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} pages</translation>
  </message>
  <message id="seen.material.ecert">
   <source>电子证照</source>
   <translation>e-Certificate</translation>
  </message>
  <message id="seen.material.deferred">
   <source>{d} 前补交</source>
   <extracomment>keep: {d}</extracomment>
   <translation>due by {d}</translation>
  </message>
  <message id="seen.material.not_needed">
   <source>不需要</source>
   <translation>Not needed</translation>
  </message>
  <message id="seen.material.missing">
   <source>缺</source>
   <translation>Missing</translation>
  </message>
  <message id="seen.sign.title">
   <source>请在框内签名</source>
   <translation>Sign in the box</translation>
  </message>
  <message id="seen.sign.again">
   <source>请再签一次</source>
   <translation>Please sign once more</translation>
  </message>
  <message id="seen.sign.used_for_one">
   <source>签名用于《{title}》</source>
   <extracomment>keep: {title}</extracomment>
   <translation>For: {title}</translation>
  </message>
  <message id="seen.sign.used_for_many">
   <source>签名用于《{title}》等 {n} 份文书</source>
   <extracomment>keep: {title} {n}</extracomment>
   <translation>For: {title} and others, {n} documents</translation>
  </message>
  <message id="seen.sign.read_all">
   <source>看申请书全文</source>
   <translation>Read it all</translation>
  </message>
  <message id="seen.sign.by_hand">
   <source>用手指或笔写</source>
   <translation>By finger or pen</translation>
  </message>
  <message id="seen.sign.clear">
   <source>重写</source>
   <translation>Clear</translation>
  </message>
  <message id="seen.sign.done">
   <source>签好了</source>
   <translation>Done</translation>
  </message>
  <message id="seen.sign.as.agent">
   <source>（代办人）</source>
   <translation> (agent)</translation>
  </message>
  <message id="seen.sign.as.legal_rep">
   <source>（法定代表人）</source>
   <translation> (legal representative)</translation>
  </message>
  <message id="seen.sign.pad">
   <source>签名框</source>
   <translation>Signature pad</translation>
  </message>
  <message id="seen.read.back">
   <source>返回签名</source>
   <translation>Back to signing</translation>
  </message>
  <message id="seen.signed.title">
   <source>签好了，谢谢</source>
   <translation>Signed, thank you</translation>
  </message>
  <message id="seen.signed.note">
   <source>请稍坐，工作人员正在提交。</source>
   <translation>Please wait while the clerk submits it.</translation>
  </message>
  <message id="seen.rate.title">
   <source>今天的服务，您觉得怎么样？</source>
   <translation>How was the service?</translation>
  </message>
  <message id="seen.rate.note">
   <source>点一下就好。工作人员看不到您本人的评价。</source>
   <translation>One touch is enough. The clerk does not see your answer.</translation>
  </message>
  <message id="seen.rate.points">
   <source>{n} 分</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n}</translation>
  </message>
  <message id="seen.rate.skip">
   <source>不评价，结束</source>
   <translation>Skip</translation>
  </message>
  <message id="seen.rate.case_no">
   <source>受理号</source>
   <translation>Case number</translation>
  </message>
  <message id="seen.rate.promised">
   <source>{when} 前办好</source>
   <extracomment>keep: {when}</extracomment>
   <translation>Ready by {when}</translation>
  </message>
  <message id="seen.rate.promised_provisional">
   <source>预计 {when} 前办好</source>
   <extracomment>keep: {when}</extracomment>
   <translation>Expected by {when}</translation>
  </message>
  <message id="seen.rate.seconds">
   <source>{n} 秒后自动结束</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Ends in {n} s</translation>
  </message>
  <message id="seen.rate.seconds_last">
   <source>{n} 秒后自动结束，点一下屏幕可以继续</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Ends in {n} s. Touch the screen to go on</translation>
  </message>
  <message id="seen.reasons.title">
   <source>哪里没做好？</source>
   <translation>What went wrong?</translation>
  </message>
  <message id="seen.reasons.note">
   <source>可以选几项，也可以不选。</source>
   <translation>Choose as many as you like, or none.</translation>
  </message>
  <message id="seen.reasons.send">
   <source>提交</source>
   <translation>Send</translation>
  </message>
  <message id="seen.reasons.skip">
   <source>跳过</source>
   <translation>Skip</translation>
  </message>
  <message id="seen.thanks.title">
   <source>谢谢您</source>
   <translation>Thank you</translation>
  </message>
  <message id="seen.thanks.note">
   <source>请带好您的证件和材料。</source>
   <translation>Please take your card and papers with you.</translation>
  </message>
 </context>
 <context>
  <name>cameras</name>
  <message id="viewer.lens.document">
   <source>人像镜头</source>
   <translation>Portrait lens</translation>
  </message>
  <message id="viewer.lens.portrait">
   <source>文稿镜头</source>
   <translation>Document lens</translation>
  </message>
  <message id="viewer.lens.other">
   <source>换镜头</source>
   <translation>Other lens</translation>
  </message>
  <message id="viewer.lens_now.portrait">
   <source>人像镜头</source>
   <translation>Portrait lens</translation>
  </message>
  <message id="viewer.lens_now.other">
   <source>另一个镜头</source>
   <translation>Other lens</translation>
  </message>
  <message id="desk.keylist.turn_lens">
   <source>换高拍仪镜头</source>
   <translation>Other lens</translation>
  </message>
  <message id="device.steps.camera.timeout">
   <source>看高拍仪的灯是否亮|把数据线拔下再插紧|还没有：改用扫描仪</source>
   <translation>Look at the camera's lamp|Plug its cable firmly|Else use the scanner</translation>
  </message>
  <message id="device.steps.camera.refused">
   <source>照常受理，改用扫描仪|请管理员核对设置里高拍仪的地址</source>
   <translation>Work goes on, use the scanner|The administrator checks the camera's address in the settings</translation>
  </message>
  <message id="device.steps.camera.garbled">
   <source>把数据线拔下再插紧|换一个 USB 口|还没有：改用扫描仪</source>
   <translation>Plug the cable firmly|Try another USB socket|Else use the scanner</translation>
  </message>
 </context>
 <context>
  <name>cards</name>
  <message id="desk.fail.no_access">
   <source>没有使用读卡器的权限</source>
   <translation>No permission to use the card reader</translation>
  </message>
  <message id="desk.fail.no_access.do">
   <source>请手工录入，并报给管理员</source>
   <translation>type in and tell the administrator</translation>
  </message>
  <message id="desk.fail.unsupported">
   <source>读卡器的型号或设置不对</source>
   <translation>The reader's model or settings are wrong</translation>
  </message>
  <message id="desk.fail.unsupported.do">
   <source>请手工录入，并报给管理员</source>
   <translation>type in and tell the administrator</translation>
  </message>
  <message id="desk.fail.card_locked">
   <source>这张卡要密钥才能读</source>
   <translation>This card needs a key to be read</translation>
  </message>
  <message id="desk.fail.card_locked.do">
   <source>请出示电子社保卡，或手工录入</source>
   <translation>use the electronic card, or type in</translation>
  </message>
  <message id="desk.code.card_locked">
   <source>要密钥才能读</source>
   <translation>needs a key</translation>
  </message>
  <message id="desk.code.card_moved">
   <source>卡被拿开了</source>
   <translation>card taken away</translation>
  </message>
  <message id="desk.code.card_unknown">
   <source>不认识的卡</source>
   <translation>unknown card</translation>
  </message>
  <message id="desk.code.no_card">
   <source>没有卡</source>
   <translation>no card</translation>
  </message>
  <message id="device.code.card_locked">
   <source>这张卡要密钥才能读</source>
   <translation>this card needs a key</translation>
  </message>
  <message id="device.steps.id_card.no_access">
   <source>手工录入，照常受理|请管理员安装读卡器的设备规则（udev），再拔插一次</source>
   <translation>Type in, work goes on|The administrator installs the reader's udev rule, then replug it</translation>
  </message>
  <message id="device.steps.id_card.unsupported">
   <source>手工录入，照常受理|请管理员核对型号、驱动和厂家库的路径</source>
   <translation>Type in, work goes on|The administrator checks model, driver and the maker's library</translation>
  </message>
  <message id="check.so.smart_card">
   <source>可照常受理，社保卡扫二维码</source>
   <translation>scan the electronic card</translation>
  </message>
  <message id="device.note.smart_card">
   <source>可以扫电子社保卡，或手工录入，照常受理</source>
   <translation>Scan the electronic card or type in, work goes on</translation>
  </message>
  <message id="device.does.smart_card">
   <source>插入社保卡可读出卡面信息；没有它扫电子社保卡</source>
   <translation>Reads a card that is inserted; without it scan the electronic card</translation>
  </message>
  <message id="device.steps.smart_card.absent">
   <source>看读卡器的灯是否亮|把连线拔下再插紧|仍不行：请管理员看智能卡服务（pcscd）</source>
   <translation>Look at the reader's lamp|Plug the cable firmly|Else the administrator checks the smart card service (pcscd)</translation>
  </message>
  <message id="device.steps.smart_card.no_card">
   <source>芯片朝上，把卡插到底|再试一次</source>
   <translation>Chip up, insert the card fully|Try again</translation>
  </message>
  <message id="device.steps.smart_card.card_moved">
   <source>把卡插到底，读完再拔|再试一次</source>
   <translation>Insert the card fully, leave it in|Try again</translation>
  </message>
  <message id="device.steps.smart_card.card_unknown">
   <source>看芯片朝向，重新插卡|或者扫电子社保卡</source>
   <translation>Look at the chip's side, insert again|Or scan the electronic card</translation>
  </message>
  <message id="device.steps.smart_card.card_locked">
   <source>请出示电子社保卡扫码|或者手工录入</source>
   <translation>Ask for the electronic card and scan it|Or type in</translation>
  </message>
  <message id="device.steps.smart_card.timeout">
   <source>拔出卡，重新插入|仍不行：拔插读卡器连线</source>
   <translation>Take the card out and insert it again|Else replug the reader</translation>
  </message>
  <message id="device.steps.smart_card.garbled">
   <source>擦净芯片，重新插卡|仍不行：换一种证件</source>
   <translation>Wipe the chip, insert again|Else use another document</translation>
  </message>
  <message id="device.steps.smart_card.no_access">
   <source>照常受理，可以手工录入|请管理员给本机用户智能卡权限（polkit）</source>
   <translation>Type in, work goes on|The administrator gives this account access to smart cards (polkit)</translation>
  </message>
  <message id="device.test.smart_card">
   <source>试读一张卡</source>
   <translation>Try a card</translation>
  </message>
  <message id="device.test.hint.smart_card">
   <source>不进入本次办理，不留内容</source>
   <translation>Not taken into the visit, nothing is kept</translation>
  </message>
  <message id="device.tried.test.smart_card.running">
   <source>请在 15 秒内插一张卡</source>
   <translation>Insert a card within 15 s</translation>
  </message>
  <message id="device.tried.test.smart_card">
   <source>{t} 读到一张卡</source>
   <extracomment>keep: {t}</extracomment>
   <translation>{t} a card was read</translation>
  </message>
  <message id="device.tried.failed.smart_card">
   <source>{t} 没有读到：{why}</source>
   <extracomment>keep: {t} {why}</extracomment>
   <translation>{t} nothing read: {why}</translation>
  </message>
  <message id="device.fact.card.present">
   <source>有卡</source>
   <translation>card inserted</translation>
  </message>
  <message id="device.fact.card.none">
   <source>无卡</source>
   <translation>no card</translation>
  </message>
  <message id="device.fact.way.bulk">
   <source>USB 批量传输</source>
   <translation>USB bulk</translation>
  </message>
  <message id="device.fact.way.control">
   <source>USB 控制传输</source>
   <translation>USB control</translation>
  </message>
  <message id="device.fact.photo.decoded">
   <source>照片可解码</source>
   <translation>photo decoded</translation>
  </message>
  <message id="device.fact.photo.undecoded">
   <source>照片未解码</source>
   <translation>photo not decoded</translation>
  </message>
 </context>
 <context>
  <name>codes</name>
  <message id="desk.toast.codes.unknown">
   <source>这个码这里用不上，没有改动任何内容</source>
   <translation>This code is of no use here, nothing was changed</translation>
  </message>
  <message id="desk.toast.codes.garbled">
   <source>码没有读全，没有改动任何内容，请再扫一次</source>
   <translation>The code came damaged, nothing was changed, scan again</translation>
  </message>
  <message id="desk.toast.codes.item">
   <source>扫码选定“{name}”</source>
   <extracomment>keep: {name}</extracomment>
   <translation>Item by code: {name}</translation>
  </message>
  <message id="desk.toast.codes.row">
   <source>扫码转到“{name}”，接着拍</source>
   <extracomment>keep: {name}</extracomment>
   <translation>{name} by code, capture its pages</translation>
  </message>
  <message id="desk.open.scanned">
   <source>扫到的件</source>
   <translation>Scanned case</translation>
  </message>
  <message id="desk.open.scanned_close">
   <source>收起</source>
   <translation>Close</translation>
  </message>
  <message id="device.does.codes">
   <source>空闲时扫小票叫号、扫回执查件；选事项、收材料时扫编码</source>
   <translation>Tickets and receipts while idle; codes of items and documents</translation>
  </message>
  <message id="device.code.no_code">
   <source>没有扫到码</source>
   <translation>no code</translation>
  </message>
  <message id="device.steps.codes.absent">
   <source>把扫码枪的线拔下再插紧|听到嘀声后再扫|还没有：用高拍仪扫码或手工输入</source>
   <translation>Plug the scanner's cable firmly|Scan again after its beep|Else use the camera or type the code</translation>
  </message>
  <message id="device.steps.codes.occupied">
   <source>关掉另一个用扫码枪的程序|再按检测|还不行：手工输入，并告诉管理员</source>
   <translation>Close the other program that uses it|Check again|Else type the code and tell the administrator</translation>
  </message>
  <message id="device.steps.codes.garbled">
   <source>擦净扫码窗，对正再扫|还不行：请管理员核对波特率和结尾符|先用高拍仪扫码或手工输入</source>
   <translation>Wipe the window, aim and scan again|Else the administrator checks speed and ending|Use the camera or type the code meanwhile</translation>
  </message>
  <message id="device.steps.codes.unsupported">
   <source>照常受理，手工输入|请管理员核对设置里扫码枪的选项</source>
   <translation>Work goes on, type the code|The administrator checks the scanner's options in the settings</translation>
  </message>
 </context>
 <context>
  <name>desk</name>
  <message id="desk.product">
   <source>综合窗口</source>
   <translation>One Window</translation>
  </message>
  <message id="desk.window_no">
   <source>{n} 号窗口</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Window {n}</translation>
  </message>
  <message id="desk.module.reception">
   <source>受理</source>
   <translation>Reception</translation>
  </message>
  <message id="desk.large_text">
   <source>大字</source>
   <translation>Large text</translation>
  </message>
  <message id="desk.contrast">
   <source>高对比</source>
   <translation>High contrast</translation>
  </message>
  <message id="desk.keys">
   <source>快捷键</source>
   <translation>Keys</translation>
  </message>
  <message id="desk.ticket.idle">
   <source>本窗空闲</source>
   <translation>Idle</translation>
  </message>
  <message id="desk.ticket.idle_hint">
   <source>叫号后放上身份证即开始</source>
   <translation>Call, then place the card</translation>
  </message>
  <message id="desk.ticket.calling">
   <source>正在呼叫</source>
   <translation>Calling</translation>
  </message>
  <message id="desk.ticket.serving">
   <source>正在办理</source>
   <translation>Serving</translation>
  </message>
  <message id="desk.ticket.done">
   <source>已办结</source>
   <translation>Done</translation>
  </message>
  <message id="desk.ticket.held">
   <source>已挂起</source>
   <translation>On hold</translation>
  </message>
  <message id="desk.ticket.paused">
   <source>暂停服务</source>
   <translation>Paused</translation>
  </message>
  <message id="desk.ticket.waited">
   <source>等候 {n} 分</source>
   <extracomment>keep: {n}</extracomment>
   <translation>waited {n} min</translation>
  </message>
  <message id="desk.ticket.calls">
   <source>已呼叫 {n}/3</source>
   <extracomment>keep: {n}</extracomment>
   <translation>call {n}/3</translation>
  </message>
  <message id="desk.ticket.none">
   <source>免叫号</source>
   <translation>No ticket</translation>
  </message>
  <message id="desk.ticket.elapsed">
   <source>已办理</source>
   <translation>Elapsed</translation>
  </message>
  <message id="desk.ticket.used">
   <source>用时</source>
   <translation>Took</translation>
  </message>
  <message id="desk.ticket.since_call">
   <source>已呼叫</source>
   <translation>Called</translation>
  </message>
  <message id="desk.ticket.usual">
   <source>通常 {n} 分</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Usual {n} min</translation>
  </message>
  <message id="desk.call_next">
   <source>叫下一位</source>
   <translation>Call next</translation>
  </message>
  <message id="desk.calling_next">
   <source>正在叫号</source>
   <translation>Calling</translation>
  </message>
  <message id="desk.recall">
   <source>重呼</source>
   <translation>Recall</translation>
  </message>
  <message id="desk.no_show">
   <source>过号</source>
   <translation>No-show</translation>
  </message>
  <message id="desk.call_number">
   <source>指定号码</source>
   <translation>Call a number</translation>
  </message>
  <message id="desk.call_number.hint">
   <source>号码，如 C018</source>
   <translation>number, e.g. C018</translation>
  </message>
  <message id="desk.call_number.go">
   <source>呼叫</source>
   <translation>Call</translation>
  </message>
  <message id="desk.without_ticket">
   <source>免叫号办理</source>
   <translation>Serve without ticket</translation>
  </message>
  <message id="desk.another_item">
   <source>同一人再办一项</source>
   <translation>Another service</translation>
  </message>
  <message id="desk.queue.waiting">
   <source>等候 {n} 人</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} waiting</translation>
  </message>
  <message id="desk.queue.mine">
   <source>本窗可办</source>
   <translation>This window</translation>
  </message>
  <message id="desk.queue.longest">
   <source>最长 {n} 分</source>
   <extracomment>keep: {n}</extracomment>
   <translation>max {n} min</translation>
  </message>
  <message id="desk.queue.next">
   <source>接下来</source>
   <translation>Next</translation>
  </message>
  <message id="desk.queue.order">
   <source>按规则排序</source>
   <translation>By rule</translation>
  </message>
  <message id="desk.queue.booked">
   <source>预约 {t}</source>
   <extracomment>keep: {t}</extracomment>
   <translation>Booked {t}</translation>
  </message>
  <message id="desk.queue.held">
   <source>挂起 {n}</source>
   <extracomment>keep: {n}</extracomment>
   <translation>On hold {n}</translation>
  </message>
  <message id="desk.queue.minutes">
   <source>{n} 分</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} min</translation>
  </message>
  <message id="desk.queue.away">
   <source>排队服务没有连上</source>
   <translation>Queue not reached</translation>
  </message>
  <message id="desk.queue.away_hint">
   <source>可用 F7 输入号码叫号</source>
   <translation>F7 calls a typed number</translation>
  </message>
  <message id="desk.priority.senior">
   <source>老年优先</source>
   <translation>Senior</translation>
  </message>
  <message id="desk.priority.disabled">
   <source>残障优先</source>
   <translation>Disability</translation>
  </message>
  <message id="desk.priority.military">
   <source>军人优先</source>
   <translation>Military</translation>
  </message>
  <message id="desk.priority.pregnant">
   <source>孕妇优先</source>
   <translation>Pregnant</translation>
  </message>
  <message id="desk.priority.other">
   <source>优先</source>
   <translation>Priority</translation>
  </message>
  <message id="desk.today.done">
   <source>今日已办</source>
   <translation>Done</translation>
  </message>
  <message id="desk.today.average">
   <source>平均</source>
   <translation>Avg</translation>
  </message>
  <message id="desk.today.deferred">
   <source>容缺</source>
   <translation>Deferred</translation>
  </message>
  <message id="desk.idle.next">
   <source>下一位</source>
   <translation>Next</translation>
  </message>
  <message id="desk.idle.hint_before">
   <source>按</source>
   <translation>Press</translation>
  </message>
  <message id="desk.idle.hint_after">
   <source>叫号，大厅与窗口屏同时显示</source>
   <translation>to call; hall and window displays follow</translation>
  </message>
  <message id="desk.idle.prefilled">
   <source>网上已预填 {n} 项</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} fields filled online</translation>
  </message>
  <message id="desk.idle.waited">
   <source>已等 {n} 分</source>
   <extracomment>keep: {n}</extracomment>
   <translation>waited {n} min</translation>
  </message>
  <message id="desk.idle.booked_by">
   <source>预约人</source>
   <translation>Booked by</translation>
  </message>
  <message id="desk.idle.bring">
   <source>需带材料</source>
   <translation>Documents</translation>
  </message>
  <message id="desk.idle.bring_value">
   <source>{n} 份，已网上传 {m} 份</source>
   <extracomment>keep: {n} {m}</extracomment>
   <translation>{n}, {m} uploaded</translation>
  </message>
  <message id="desk.idle.usual">
   <source>通常用时</source>
   <translation>Usual time</translation>
  </message>
  <message id="desk.idle.nobody">
   <source>现在没有人等候</source>
   <translation>Nobody is waiting</translation>
  </message>
  <message id="desk.idle.nobody_hint">
   <source>有人取号后这里显示下一位</source>
   <translation>The next number appears here</translation>
  </message>
  <message id="desk.idle.away">
   <source>排队服务没有连上</source>
   <translation>The queue cannot be reached</translation>
  </message>
  <message id="desk.idle.away_hint">
   <source>按 F7 输入纸质号码，或免叫号办理；受理照常</source>
   <translation>F7 calls a typed number; reception goes on</translation>
  </message>
  <message id="desk.idle.open_items">
   <source>我的未完事项</source>
   <translation>My open items</translation>
  </message>
  <message id="desk.idle.open">
   <source>打开</source>
   <translation>Open</translation>
  </message>
  <message id="desk.idle.saved">
   <source>{t} 存</source>
   <extracomment>keep: {t}</extracomment>
   <translation>saved {t}</translation>
  </message>
  <message id="desk.idle.notices">
   <source>今天需知道</source>
   <translation>Today</translation>
  </message>
  <message id="desk.open.drafts">
   <source>草稿</source>
   <translation>Draft</translation>
  </message>
  <message id="desk.open.deferred">
   <source>容缺待补</source>
   <translation>Deferred</translation>
  </message>
  <message id="desk.open.correction">
   <source>补正到件</source>
   <translation>Corrections in</translation>
  </message>
  <message id="desk.open.held">
   <source>挂起</source>
   <translation>On hold</translation>
  </message>
  <message id="desk.open.set_aside">
   <source>未送出</source>
   <translation>Not sent</translation>
  </message>
  <message id="desk.open.unprinted">
   <source>回执未打印</source>
   <translation>Receipts to print</translation>
  </message>
  <message id="desk.recovered.head">
   <source>上次办理没有结束，内容都在</source>
   <translation>The last visit was cut short; nothing is lost</translation>
  </message>
  <message id="desk.recovered.text">
   <source>{x}</source>
   <extracomment>keep: {x}</extracomment>
   <translation>{x}</translation>
  </message>
  <message id="desk.recovered.text_plain">
   <source>停在原来的步骤，可接着办。</source>
   <translation>It stands where it stood.</translation>
  </message>
  <message id="desk.recovered.go_on">
   <source>继续办理</source>
   <translation>Go on</translation>
  </message>
  <message id="desk.recovered.put_away">
   <source>放到草稿</source>
   <translation>Keep as draft</translation>
  </message>
  <message id="desk.step.identity">
   <source>身份</source>
   <translation>Identity</translation>
  </message>
  <message id="desk.step.item">
   <source>事项</source>
   <translation>Service</translation>
  </message>
  <message id="desk.step.form">
   <source>表单</source>
   <translation>Form</translation>
  </message>
  <message id="desk.step.materials">
   <source>材料</source>
   <translation>Documents</translation>
  </message>
  <message id="desk.step.confirm">
   <source>确认签名</source>
   <translation>Check &amp; sign</translation>
  </message>
  <message id="desk.step.submit">
   <source>提交</source>
   <translation>Submit</translation>
  </message>
  <message id="desk.steps.upcoming">
   <source>接下来</source>
   <translation>Next</translation>
  </message>
  <message id="desk.head.unknown">
   <source>等申请人</source>
   <translation>Waiting</translation>
  </message>
  <message id="desk.head.unknown_hint">
   <source>请放身份证</source>
   <translation>place the ID card</translation>
  </message>
  <message id="desk.head.no_item">
   <source>尚未选事项</source>
   <translation>no service chosen yet</translation>
  </message>
  <message id="desk.head.choosing">
   <source>选事项</source>
   <translation>choosing a service</translation>
  </message>
  <message id="desk.done.card">
   <source>已读证 {t}</source>
   <extracomment>keep: {t}</extracomment>
   <translation>card read {t}</translation>
  </message>
  <message id="desk.done.typed">
   <source>手工录入 {t}</source>
   <extracomment>keep: {t}</extracomment>
   <translation>typed {t}</translation>
  </message>
  <message id="desk.done.in_person">
   <source>本人办理</source>
   <translation>In person</translation>
  </message>
  <message id="desk.done.agent">
   <source>代办</source>
   <translation>By agent</translation>
  </message>
  <message id="desk.done.promise">
   <source>承诺 {n} 个工作日</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Promised: {n} working days</translation>
  </message>
  <message id="desk.done.promise_days">
   <source>承诺 {n} 天</source>
   <extracomment>keep: {n}</extracomment>
   <translation>promised: {n} days</translation>
  </message>
  <message id="desk.done.on_the_spot">
   <source>即办件</source>
   <translation>While you wait</translation>
  </message>
  <message id="desk.done.free">
   <source>不收费</source>
   <translation>No fee</translation>
  </message>
  <message id="desk.done.fee">
   <source>收费 {n} 元</source>
   <extracomment>keep: {n}</extracomment>
   <translation>fee {n} yuan</translation>
  </message>
  <message id="desk.done.visits">
   <source>跑 {n} 次</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} visits</translation>
  </message>
  <message id="desk.done.catalogue">
   <source>事项库 {t} 版</source>
   <extracomment>keep: {t}</extracomment>
   <translation>catalogue of {t}</translation>
  </message>
  <message id="desk.done.filled">
   <source>{n} 项已填</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} fields filled</translation>
  </message>
  <message id="desk.done.filled_how">
   <source>带入 {n} 项，手填 {m} 项</source>
   <extracomment>keep: {n} {m}</extracomment>
   <translation>{n} brought in, {m} typed</translation>
  </message>
  <message id="desk.done.scanned">
   <source>已扫 {n} 份 {m} 页</source>
   <extracomment>keep: {n} {m}</extracomment>
   <translation>{n} scanned, {m} pages</translation>
  </message>
  <message id="desk.done.ecerts">
   <source>电子证照 {n}</source>
   <extracomment>keep: {n}</extracomment>
   <translation>e-certificates {n}</translation>
  </message>
  <message id="desk.done.deferred">
   <source>容缺 {n}</source>
   <extracomment>keep: {n}</extracomment>
   <translation>deferred {n}</translation>
  </message>
  <message id="desk.done.not_needed">
   <source>不需要 {n}</source>
   <extracomment>keep: {n}</extracomment>
   <translation>not needed {n}</translation>
  </message>
  <message id="desk.done.signed">
   <source>申请人 {t} 在对客屏核对并签名</source>
   <extracomment>keep: {t}</extracomment>
   <translation>checked and signed by the applicant at {t}</translation>
  </message>
  <message id="desk.coming.take_in">
   <source>可带入预约</source>
   <translation>booking can be taken in</translation>
  </message>
  <message id="desk.coming.brought_in">
   <source>可带入约 {n} 项</source>
   <extracomment>keep: {n}</extracomment>
   <translation>about {n} brought in</translation>
  </message>
  <message id="desk.coming.materials">
   <source>需 {n} 份</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} needed</translation>
  </message>
  <message id="desk.coming.confirm">
   <source>材料齐后送到对客屏核对、签名</source>
   <translation>applicant checks and signs</translation>
  </message>
  <message id="desk.coming.confirm_offline">
   <source>不受网络影响</source>
   <translation>works without the network</translation>
  </message>
  <message id="desk.coming.submit">
   <source>受理后出具回执</source>
   <translation>receipt after acceptance</translation>
  </message>
  <message id="desk.coming.submit_sign">
   <source>受理后出具回执、请申请人评价</source>
   <translation>receipt, then the applicant may rate</translation>
  </message>
  <message id="desk.coming.submit_offline">
   <source>存本机，联网后自动送出</source>
   <translation>kept here, sent when back</translation>
  </message>
  <message id="desk.bar.missing">
   <source>还差 {n} 项</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} missing</translation>
  </message>
  <message id="desk.bar.go_to">
   <source>跳到</source>
   <translation>Go to</translation>
  </message>
  <message id="desk.bar.identified">
   <source>身份已核验</source>
   <translation>Identity checked</translation>
  </message>
  <message id="desk.bar.identified_typed">
   <source>身份已录入，请人工核对证件</source>
   <translation>Identity typed: compare with the card</translation>
  </message>
  <message id="desk.bar.await_card">
   <source>等申请人放身份证</source>
   <translation>Waiting for the ID card</translation>
  </message>
  <message id="desk.bar.called">
   <source>已呼叫 {n} 次，{no} 到 {w} 号窗口</source>
   <extracomment>keep: {n} {no} {w}</extracomment>
   <translation>{no} called {n} times to window {w}</translation>
  </message>
  <message id="desk.bar.answered">
   <source>{n} 个情况都已回答</source>
   <extracomment>keep: {n}</extracomment>
   <translation>all {n} questions answered</translation>
  </message>
  <message id="desk.bar.no_item">
   <source>先选一个事项</source>
   <translation>choose a service first</translation>
  </message>
  <message id="desk.bar.filled">
   <source>必填已齐</source>
   <translation>All required fields filled</translation>
  </message>
  <message id="desk.bar.to_verify">
   <source>，{n}联网后核验</source>
   <extracomment>keep: {n}</extracomment>
   <translation>, {n} checked when online</translation>
  </message>
  <message id="desk.bar.to_verify_count">
   <source>{n} 项</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n}</translation>
  </message>
  <message id="desk.bar.materials_ready">
   <source>材料已齐</source>
   <translation>all documents ready</translation>
  </message>
  <message id="desk.bar.materials_deferred">
   <source>，容缺 {n} 项</source>
   <extracomment>keep: {n}</extracomment>
   <translation>, {n} deferred</translation>
  </message>
  <message id="desk.bar.await_check">
   <source>等申请人核对</source>
   <translation>Applicant is checking</translation>
  </message>
  <message id="desk.bar.await_agree">
   <source>等申请人同意告知承诺</source>
   <translation>Applicant reads the declaration</translation>
  </message>
  <message id="desk.bar.await_signature">
   <source>等申请人签名</source>
   <translation>Waiting for the signature</translation>
  </message>
  <message id="desk.bar.signed">
   <source>申请人已签名</source>
   <translation>Signed</translation>
  </message>
  <message id="desk.bar.finished">
   <source>本次已办结</source>
   <translation>Visit done</translation>
  </message>
  <message id="desk.bar.finished_used">
   <source>，用时 {t}</source>
   <extracomment>keep: {t}</extracomment>
   <translation>, took {t}</translation>
  </message>
  <message id="desk.bar.submitting">
   <source>正在存到本机</source>
   <translation>Saving</translation>
  </message>
  <message id="desk.bar.end_unfiled">
   <source>本次不办</source>
   <translation>End, not filed</translation>
  </message>
  <message id="desk.bar.save_draft">
   <source>存草稿</source>
   <translation>Save draft</translation>
  </message>
  <message id="desk.bar.back_to_materials">
   <source>退回材料</source>
   <translation>Back to documents</translation>
  </message>
  <message id="desk.bar.next">
   <source>下一步：{step}</source>
   <extracomment>keep: {step}</extracomment>
   <translation>Next: {step}</translation>
  </message>
  <message id="desk.bar.submit">
   <source>提交受理</source>
   <translation>Submit</translation>
  </message>
  <message id="desk.next.item">
   <source>选事项</source>
   <translation>service</translation>
  </message>
  <message id="desk.next.form">
   <source>填表单</source>
   <translation>form</translation>
  </message>
  <message id="desk.next.materials">
   <source>材料</source>
   <translation>documents</translation>
  </message>
  <message id="desk.next.confirm">
   <source>确认签名</source>
   <translation>check &amp; sign</translation>
  </message>
  <message id="desk.used.minutes">
   <source>{m} 分 {s} 秒</source>
   <extracomment>keep: {m} {s}</extracomment>
   <translation>{m} min {s} s</translation>
  </message>
  <message id="desk.id.check">
   <source>请申请人在对客屏核对</source>
   <translation>the applicant checks on the second screen</translation>
  </message>
  <message id="desk.id.shown">
   <source>对客屏显示中</source>
   <translation>Shown to the applicant</translation>
  </message>
  <message id="desk.id.person">
   <source>个人</source>
   <translation>Person</translation>
  </message>
  <message id="desk.id.self">
   <source>本人办理</source>
   <translation>In person</translation>
  </message>
  <message id="desk.id.read">
   <source>读身份证</source>
   <translation>Read ID card</translation>
  </message>
  <message id="desk.id.read_again">
   <source>重新读证</source>
   <translation>Read again</translation>
  </message>
  <message id="desk.id.type">
   <source>手工录入</source>
   <translation>Type in</translation>
  </message>
  <message id="desk.id.chip_valid">
   <source>身份证已读，芯片有效</source>
   <translation>ID card read, chip valid</translation>
  </message>
  <message id="desk.id.typed">
   <source>手工录入，请人工核对证件原件</source>
   <translation>Typed in: compare with the original</translation>
  </message>
  <message id="desk.id.sex">
   <source>性别</source>
   <translation>Sex</translation>
  </message>
  <message id="desk.id.nation">
   <source>民族</source>
   <translation>Ethnic group</translation>
  </message>
  <message id="desk.id.no">
   <source>身份证号</source>
   <translation>ID number</translation>
  </message>
  <message id="desk.id.valid">
   <source>有效期</source>
   <translation>Valid</translation>
  </message>
  <message id="desk.id.address">
   <source>住址</source>
   <translation>Address</translation>
  </message>
  <message id="desk.id.valid_range">
   <source>{a} 至 {b}</source>
   <extracomment>keep: {a} {b}</extracomment>
   <translation>{a} to {b}</translation>
  </message>
  <message id="desk.id.nation_value">
   <source>{x}族</source>
   <extracomment>keep: {x}</extracomment>
   <translation>{x}</translation>
  </message>
  <message id="desk.id.reveal">
   <source>显示全号</source>
   <translation>Show full number</translation>
  </message>
  <message id="desk.id.reveal_hint">
   <source>显示 10 秒后自动遮盖，并记入日志</source>
   <translation>Shown 10 s, then masked, logged</translation>
  </message>
  <message id="desk.id.revealed_hint">
   <source>{n} 秒后自动遮盖，已记入日志</source>
   <extracomment>keep: {n}</extracomment>
   <translation>masked in {n} s, logged</translation>
  </message>
  <message id="desk.id.phone">
   <source>联系手机</source>
   <translation>Mobile</translation>
  </message>
  <message id="desk.id.notify">
   <source>通知方式</source>
   <translation>Notify by</translation>
  </message>
  <message id="desk.id.collect">
   <source>办理结果</source>
   <translation>Result</translation>
  </message>
  <message id="desk.notify.sms">
   <source>短信</source>
   <translation>Text message</translation>
  </message>
  <message id="desk.notify.none">
   <source>不通知</source>
   <translation>None</translation>
  </message>
  <message id="desk.collect.window">
   <source>窗口领取</source>
   <translation>Collect at window</translation>
  </message>
  <message id="desk.collect.post">
   <source>邮寄</source>
   <translation>Post</translation>
  </message>
  <message id="desk.id.related">
   <source>此人相关</source>
   <translation>This person</translation>
  </message>
  <message id="desk.id.related_none">
   <source>没有预约、在办或可取的事项</source>
   <translation>no booking, running case or result</translation>
  </message>
  <message id="desk.id.related_asking">
   <source>正在查此人的预约和在办</source>
   <translation>looking for bookings and cases</translation>
  </message>
  <message id="desk.id.related_offline">
   <source>网络中断，暂时查不到预约和在办；受理照常</source>
   <translation>network down: bookings not known; reception goes on</translation>
  </message>
  <message id="desk.related.online">
   <source>{text} · {item} · 网上已预填 {n} 项</source>
   <extracomment>keep: {text} {item} {n}</extracomment>
   <translation>{text} · {item} · {n} filled online</translation>
  </message>
  <message id="desk.related.running">
   <source>在办 · {item} · {text}</source>
   <extracomment>keep: {item} {text}</extracomment>
   <translation>running · {item} · {text}</translation>
  </message>
  <message id="desk.related.ready">
   <source>可取 · {item} · {text}</source>
   <extracomment>keep: {item} {text}</extracomment>
   <translation>ready · {item} · {text}</translation>
  </message>
  <message id="desk.related.take_in">
   <source>带入</source>
   <translation>Take in</translation>
  </message>
  <message id="desk.related.taken">
   <source>已带入</source>
   <translation>Taken in</translation>
  </message>
  <message id="desk.wait.head">
   <source>请放身份证</source>
   <translation>Place the ID card</translation>
  </message>
  <message id="desk.wait.text">
   <source>请申请人把身份证放在读卡器上，按 F9 读证</source>
   <translation>the applicant lays the card on the reader, F9 reads it</translation>
  </message>
  <message id="desk.wait.reading">
   <source>正在等身份证，放上即读</source>
   <translation>waiting for the card</translation>
  </message>
  <message id="desk.wait.reading_short">
   <source>等待放证</source>
   <translation>Waiting</translation>
  </message>
  <message id="desk.id.photo">
   <source>证件照片</source>
   <translation>Photo on the card</translation>
  </message>
  <message id="desk.wait.called">
   <source>{no} 来到窗口后</source>
   <extracomment>keep: {no}</extracomment>
   <translation>when {no} has come</translation>
  </message>
  <message id="desk.type.name">
   <source>姓名</source>
   <translation>Name</translation>
  </message>
  <message id="desk.type.id_no">
   <source>身份证号</source>
   <translation>ID number</translation>
  </message>
  <message id="desk.type.take">
   <source>确定</source>
   <translation>Take</translation>
  </message>
  <message id="desk.type.back">
   <source>取消</source>
   <translation>Cancel</translation>
  </message>
  <message id="desk.type.hint">
   <source>18 位，最后一位可以是 X；校验位不对会提示</source>
   <translation>18 characters; the last may be X</translation>
  </message>
  <message id="desk.remark.expired">
   <source>证件已过期 {n} 天</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Card expired {n} days ago</translation>
  </message>
  <message id="desk.remark.not_yet_valid">
   <source>证件还要 {n} 天才生效</source>
   <extracomment>keep: {n}</extracomment>
   <translation>card valid in {n} days</translation>
  </message>
  <message id="desk.remark.bad_check_digit">
   <source>身份证号校验位不对，请对照证件重录</source>
   <translation>wrong check digit: compare with the card</translation>
  </message>
  <message id="desk.remark.birth_differs">
   <source>出生日期与号码不一致</source>
   <translation>birth date differs from the number</translation>
  </message>
  <message id="desk.remark.sex_differs">
   <source>性别与号码不一致</source>
   <translation>sex differs from the number</translation>
  </message>
  <message id="desk.remark.minor">
   <source>申请人 {n} 岁，需监护人陪同</source>
   <extracomment>keep: {n}</extracomment>
   <translation>applicant is {n}: a guardian is needed</translation>
  </message>
  <message id="desk.remark.unreadable_dates">
   <source>证件上的日期读不出，请看证件原件</source>
   <translation>dates unreadable: look at the card</translation>
  </message>
  <message id="desk.remark.other">
   <source>请对照证件原件</source>
   <translation>compare with the card</translation>
  </message>
  <message id="desk.fail.no_card">
   <source>没读到证，请挪正再放</source>
   <translation>Not read. Place the card again</translation>
  </message>
  <message id="desk.fail.no_card.do">
   <source>放好后按 F9；仍读不到可手工录入</source>
   <translation>then F9; or type it in</translation>
  </message>
  <message id="desk.fail.card_moved">
   <source>读到一半证被拿开了</source>
   <translation>The card was taken away too soon</translation>
  </message>
  <message id="desk.fail.card_moved.do">
   <source>放稳后按 F9 再读一次</source>
   <translation>lay it down and press F9</translation>
  </message>
  <message id="desk.fail.card_not_genuine">
   <source>芯片没有通过真伪验证</source>
   <translation>The chip was not verified</translation>
  </message>
  <message id="desk.fail.card_not_genuine.do">
   <source>请换证件，或核对原件后手工录入</source>
   <translation>take another card, or type in after checking</translation>
  </message>
  <message id="desk.fail.card_unknown">
   <source>这张卡不是身份证</source>
   <translation>This is not an ID card</translation>
  </message>
  <message id="desk.fail.card_unknown.do">
   <source>请放居民身份证，或手工录入</source>
   <translation>place an ID card, or type in</translation>
  </message>
  <message id="desk.fail.absent">
   <source>读卡器没有找到，可手工录入</source>
   <translation>Card reader not found, type in instead</translation>
  </message>
  <message id="desk.fail.absent.do">
   <source>接好后会自动恢复，不影响本次办理</source>
   <translation>it comes back by itself; the visit goes on</translation>
  </message>
  <message id="desk.fail.occupied">
   <source>读卡器被别的程序占用</source>
   <translation>Another program holds the reader</translation>
  </message>
  <message id="desk.fail.occupied.do">
   <source>关掉那个程序后按 F9，或手工录入</source>
   <translation>close it and press F9, or type in</translation>
  </message>
  <message id="desk.fail.sam_self_test">
   <source>读卡器安全模块自检没通过</source>
   <translation>The reader's security module failed</translation>
  </message>
  <message id="desk.fail.sam_self_test.do">
   <source>请手工录入，并报给管理员</source>
   <translation>type in and tell the administrator</translation>
  </message>
  <message id="desk.fail.sam_not_authorised">
   <source>读卡器安全模块没有授权</source>
   <translation>The reader's security module is not authorised</translation>
  </message>
  <message id="desk.fail.sam_not_authorised.do">
   <source>请手工录入，并报给管理员</source>
   <translation>type in and tell the administrator</translation>
  </message>
  <message id="desk.fail.bad_check_digit">
   <source>身份证号不对：校验位不符</source>
   <translation>Wrong ID number: check digit</translation>
  </message>
  <message id="desk.fail.bad_check_digit.do">
   <source>请对照证件逐位重录</source>
   <translation>compare with the card and type again</translation>
  </message>
  <message id="desk.fail.other">
   <source>没有读到身份证</source>
   <translation>The ID card was not read</translation>
  </message>
  <message id="desk.fail.other.do">
   <source>按 F9 再读一次，或手工录入</source>
   <translation>press F9 again, or type in</translation>
  </message>
  <message id="desk.item.hint">
   <source>先找事项，再答情况</source>
   <translation>find the service, then answer</translation>
  </message>
  <message id="desk.item.search">
   <source>拼音首字母 / 关键词 / 编码</source>
   <translation>initials / keyword / code</translation>
  </message>
  <message id="desk.item.search_name">
   <source>搜索事项</source>
   <translation>Search a service</translation>
  </message>
  <message id="desk.item.found">
   <source>{n} 项</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} found</translation>
  </message>
  <message id="desk.item.usual">
   <source>常办事项</source>
   <translation>Usual</translation>
  </message>
  <message id="desk.item.usual_short">
   <source>常办</source>
   <translation>Usual</translation>
  </message>
  <message id="desk.item.keys">
   <source>↑ ↓ 选择</source>
   <translation>↑ ↓ choose</translation>
  </message>
  <message id="desk.item.none_hint">
   <source>没有找到，换个词</source>
   <translation>Nothing found. Try another word</translation>
  </message>
  <message id="desk.item.promise_short">
   <source>承诺 {n} 天</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} days</translation>
  </message>
  <message id="desk.item.on_the_spot_short">
   <source>即办</source>
   <translation>at once</translation>
  </message>
  <message id="desk.item.no_limit">
   <source>无时限</source>
   <translation>no limit</translation>
  </message>
  <message id="desk.item.promise">
   <source>承诺</source>
   <translation>Promised</translation>
  </message>
  <message id="desk.item.promise_statutory">
   <source>承诺（法定 {n}）</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Promised (by law {n})</translation>
  </message>
  <message id="desk.item.working_days">
   <source>{n} 个工作日</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} working days</translation>
  </message>
  <message id="desk.item.days">
   <source>{n} 天</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} days</translation>
  </message>
  <message id="desk.item.on_the_spot">
   <source>当场办结</source>
   <translation>at once</translation>
  </message>
  <message id="desk.item.fee">
   <source>收费</source>
   <translation>Fee</translation>
  </message>
  <message id="desk.item.free">
   <source>不收费</source>
   <translation>No fee</translation>
  </message>
  <message id="desk.item.yuan">
   <source>{n} 元</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} yuan</translation>
  </message>
  <message id="desk.item.visits">
   <source>跑动</source>
   <translation>Visits</translation>
  </message>
  <message id="desk.item.visits_value">
   <source>{n} 次</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n}</translation>
  </message>
  <message id="desk.item.needed">
   <source>需 {n} 份材料</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} documents needed</translation>
  </message>
  <message id="desk.item.chip">
   <source>需 {n} 份材料</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} documents needed</translation>
  </message>
  <message id="desk.item.chip_ecert">
   <source>复用 {n}</source>
   <extracomment>keep: {n}</extracomment>
   <translation>e-cert {n}</translation>
  </message>
  <message id="desk.item.chip_defer">
   <source>可容缺 {n}</source>
   <extracomment>keep: {n}</extracomment>
   <translation>deferrable {n}</translation>
  </message>
  <message id="desk.item.can">
   <source>可复用电子证照 {n}</source>
   <extracomment>keep: {n}</extracomment>
   <translation>e-certificates {n}</translation>
  </message>
  <message id="desk.item.can_defer">
   <source>可容缺 {n}</source>
   <extracomment>keep: {n}</extracomment>
   <translation>deferrable {n}</translation>
  </message>
  <message id="desk.item.because">
   <source>（因{x}）</source>
   <extracomment>keep: {x}</extracomment>
   <translation> (because: {x})</translation>
  </message>
  <message id="desk.item.guide_only">
   <source>本窗只预约和指引，不在这里受理</source>
   <translation>this window only books and guides</translation>
  </message>
  <message id="desk.item.choose_first">
   <source>选一个事项，这里显示时限、收费和情况问题</source>
   <translation>choose a service to see its terms and questions</translation>
  </message>
  <message id="desk.item.more">
   <source>多选</source>
   <translation>several</translation>
  </message>
  <message id="desk.stamp.card">
   <source>证</source>
   <translation>C</translation>
  </message>
  <message id="desk.stamp.shared">
   <source>库</source>
   <translation>S</translation>
  </message>
  <message id="desk.stamp.earlier">
   <source>旧</source>
   <translation>E</translation>
  </message>
  <message id="desk.stamp.typed">
   <source>填</source>
   <translation>T</translation>
  </message>
  <message id="desk.legend.card">
   <source>身份证</source>
   <translation>ID card</translation>
  </message>
  <message id="desk.legend.shared">
   <source>共享库</source>
   <translation>Shared data</translation>
  </message>
  <message id="desk.legend.earlier">
   <source>往次办件</source>
   <translation>Earlier case</translation>
  </message>
  <message id="desk.legend.typed">
   <source>窗口填写</source>
   <translation>Typed here</translation>
  </message>
  <message id="desk.form.optional">
   <source>选填</source>
   <translation>Optional</translation>
  </message>
  <message id="desk.form.choose">
   <source>请选择</source>
   <translation>choose</translation>
  </message>
  <message id="desk.form.online_later">
   <source>联网后核验</source>
   <translation>Checked when online</translation>
  </message>
  <message id="desk.yes">
   <source>是</source>
   <translation>Yes</translation>
  </message>
  <message id="desk.no">
   <source>否</source>
   <translation>No</translation>
  </message>
  <message id="desk.problem.missing">
   <source>还没有填</source>
   <translation>still empty</translation>
  </message>
  <message id="desk.problem.too_long">
   <source>太长了</source>
   <translation>too long</translation>
  </message>
  <message id="desk.problem.id_no">
   <source>身份证号不对，请逐位核对</source>
   <translation>wrong ID number</translation>
  </message>
  <message id="desk.problem.uscc">
   <source>统一社会信用代码不对</source>
   <translation>wrong credit code</translation>
  </message>
  <message id="desk.problem.phone">
   <source>电话号码不对</source>
   <translation>wrong phone number</translation>
  </message>
  <message id="desk.problem.date">
   <source>不是日期，写成 2026-11-24</source>
   <translation>not a date, write 2026-11-24</translation>
  </message>
  <message id="desk.problem.choice">
   <source>请从列表里选</source>
   <translation>choose from the list</translation>
  </message>
  <message id="desk.problem.integer">
   <source>只填整数</source>
   <translation>whole number only</translation>
  </message>
  <message id="desk.problem.money">
   <source>金额写成 50000.00</source>
   <translation>write an amount like 50000.00</translation>
  </message>
  <message id="desk.problem.bank_account">
   <source>账号是 12 到 25 位数字</source>
   <translation>12 to 25 digits</translation>
  </message>
  <message id="desk.problem.email">
   <source>邮箱不对</source>
   <translation>wrong e-mail</translation>
  </message>
  <message id="desk.problem.postcode">
   <source>邮编是 6 位数字</source>
   <translation>6 digits</translation>
  </message>
  <message id="desk.problem.pattern">
   <source>格式不对</source>
   <translation>wrong format</translation>
  </message>
  <message id="desk.problem.min">
   <source>太小了</source>
   <translation>too small</translation>
  </message>
  <message id="desk.problem.max">
   <source>太大了</source>
   <translation>too large</translation>
  </message>
  <message id="desk.problem.after_today">
   <source>不能晚于今天</source>
   <translation>not after today</translation>
  </message>
  <message id="desk.problem.before_today">
   <source>不能早于今天</source>
   <translation>not before today</translation>
  </message>
  <message id="desk.problem.same_as">
   <source>与前面填的不一致</source>
   <translation>differs from the field above</translation>
  </message>
  <message id="desk.problem.differs_from">
   <source>不能与前面填的相同</source>
   <translation>must differ from the field above</translation>
  </message>
  <message id="desk.problem.differs_from_card">
   <source>与身份证不一致</source>
   <translation>Differs from ID card</translation>
  </message>
  <message id="desk.mat.needed">
   <source>按本次情况需 {n} 份</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} needed in this case</translation>
  </message>
  <message id="desk.mat.ready">
   <source>齐 {n}</source>
   <extracomment>keep: {n}</extracomment>
   <translation>ready {n}</translation>
  </message>
  <message id="desk.mat.scanning">
   <source>正扫 {n}</source>
   <extracomment>keep: {n}</extracomment>
   <translation>scanning {n}</translation>
  </message>
  <message id="desk.mat.deferred">
   <source>容缺 {n}</source>
   <extracomment>keep: {n}</extracomment>
   <translation>deferred {n}</translation>
  </message>
  <message id="desk.mat.missing">
   <source>缺 {n}</source>
   <extracomment>keep: {n}</extracomment>
   <translation>missing {n}</translation>
  </message>
  <message id="desk.mat.because">
   <source>因选“{x}”</source>
   <extracomment>keep: {x}</extracomment>
   <translation>because: {x}</translation>
  </message>
  <message id="desk.copies.original">
   <source>原件 {n}</source>
   <extracomment>keep: {n}</extracomment>
   <translation>original {n}</translation>
  </message>
  <message id="desk.copies.copy">
   <source>复印件 {n}</source>
   <extracomment>keep: {n}</extracomment>
   <translation>copy {n}</translation>
  </message>
  <message id="desk.copies.verify">
   <source>核验原件</source>
   <translation>original checked</translation>
  </message>
  <message id="desk.copies.verify_copy">
   <source>核验原件，收复印件 {n}</source>
   <extracomment>keep: {n}</extracomment>
   <translation>original checked, copy {n}</translation>
  </message>
  <message id="desk.copies.either">
   <source>原件或复印件 {n}</source>
   <extracomment>keep: {n}</extracomment>
   <translation>original or copy {n}</translation>
  </message>
  <message id="desk.row.ready">
   <source>已扫 {n} 页</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} pages scanned</translation>
  </message>
  <message id="desk.row.scanning">
   <source>已扫 {n} 页，继续</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} pages, go on</translation>
  </message>
  <message id="desk.row.scanning_first">
   <source>等第 1 页</source>
   <translation>first page</translation>
  </message>
  <message id="desk.row.ecert">
   <source>复用电子证照</source>
   <translation>e-Certificate used</translation>
  </message>
  <message id="desk.row.valid_to">
   <source>有效至 {d}</source>
   <extracomment>keep: {d}</extracomment>
   <translation>valid to {d}</translation>
  </message>
  <message id="desk.row.valid_long">
   <source>长期有效</source>
   <translation>no end date</translation>
  </message>
  <message id="desk.row.deferred">
   <source>容缺后补</source>
   <translation>Deferred</translation>
  </message>
  <message id="desk.row.due">
   <source>承诺 {d} 前</source>
   <extracomment>keep: {d}</extracomment>
   <translation>due by {d}</translation>
  </message>
  <message id="desk.row.not_needed">
   <source>不需要</source>
   <translation>Not needed</translation>
  </message>
  <message id="desk.row.missing">
   <source>缺</source>
   <translation>Missing</translation>
  </message>
  <message id="desk.row.unsorted">
   <source>未归类</source>
   <translation>Unsorted</translation>
  </message>
  <message id="desk.row.unsorted_hint">
   <source>{n} 页没有归到材料，选一行后移入</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} pages without a row: choose a row, then move</translation>
  </message>
  <message id="desk.row.move_here">
   <source>移到第 {n} 行</source>
   <extracomment>keep: {n}</extracomment>
   <translation>move to row {n}</translation>
  </message>
  <message id="desk.act.capture">
   <source>拍摄</source>
   <translation>Capture</translation>
  </message>
  <message id="desk.act.capturing">
   <source>正在拍</source>
   <translation>capturing</translation>
  </message>
  <message id="desk.act.feed">
   <source>扫描仪</source>
   <translation>Scanner</translation>
  </message>
  <message id="desk.act.stop_feed">
   <source>停止（{n} 页）</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Stop ({n} pages)</translation>
  </message>
  <message id="desk.act.ecert">
   <source>调电子证照</source>
   <translation>Get e-certificate</translation>
  </message>
  <message id="desk.act.defer">
   <source>容缺后补</source>
   <translation>Defer</translation>
  </message>
  <message id="desk.act.not_needed">
   <source>不需要</source>
   <translation>Not needed</translation>
  </message>
  <message id="desk.defer.not_deferrable">
   <source>本材料按规定不能容缺</source>
   <translation>this document cannot be deferred</translation>
  </message>
  <message id="desk.defer.on_the_spot">
   <source>即办件不能容缺</source>
   <translation>not for on-the-spot services</translation>
  </message>
  <message id="desk.defer.credit_unknown">
   <source>联网查信用后才能容缺</source>
   <translation>credit list must be asked first</translation>
  </message>
  <message id="desk.defer.other">
   <source>现在不能容缺</source>
   <translation>cannot be deferred now</translation>
  </message>
  <message id="desk.confirm.shown">
   <source>对客屏内容</source>
   <translation>On the second screen</translation>
  </message>
  <message id="desk.confirm.progress">
   <source>申请人进度</source>
   <translation>Progress</translation>
  </message>
  <message id="desk.confirm.materials">
   <source>材料</source>
   <translation>Documents</translation>
  </message>
  <message id="desk.confirm.materials_value">
   <source>{n} 份：已交 {m}</source>
   <extracomment>keep: {n} {m}</extracomment>
   <translation>{n}: {m} handed in</translation>
  </message>
  <message id="desk.confirm.check">
   <source>核对信息</source>
   <translation>Checks</translation>
  </message>
  <message id="desk.confirm.agree">
   <source>同意告知承诺</source>
   <translation>Agrees</translation>
  </message>
  <message id="desk.confirm.sign">
   <source>签名</source>
   <translation>Signs</translation>
  </message>
  <message id="desk.confirm.checking">
   <source>正在核对</source>
   <translation>Checking now</translation>
  </message>
  <message id="desk.confirm.agreeing">
   <source>正在看告知承诺</source>
   <translation>Reading it now</translation>
  </message>
  <message id="desk.confirm.signing">
   <source>正在签名</source>
   <translation>Signing now</translation>
  </message>
  <message id="desk.confirm.page_check">
   <source>对客屏 · 核对页</source>
   <translation>second screen · check</translation>
  </message>
  <message id="desk.confirm.page_declare">
   <source>对客屏 · 告知承诺页</source>
   <translation>second screen · declaration</translation>
  </message>
  <message id="desk.confirm.page_sign">
   <source>对客屏 · 签名页</source>
   <translation>second screen · signature</translation>
  </message>
  <message id="desk.confirm.page_signed">
   <source>对客屏 · 已签名</source>
   <translation>second screen · signed</translation>
  </message>
  <message id="desk.confirm.live">
   <source>实时笔迹</source>
   <translation>live</translation>
  </message>
  <message id="desk.confirm.again">
   <source>请重签</source>
   <translation>Ask to sign again</translation>
  </message>
  <message id="desk.confirm.note">
   <source>申请人点“信息不对”时，本屏会跳到那一项，改完自动送回。</source>
   <translation>When the applicant says it is wrong, this screen goes there; the change is sent back by itself.</translation>
  </message>
  <message id="desk.confirm.wrong">
   <source>申请人说“{x}”不对</source>
   <extracomment>keep: {x}</extracomment>
   <translation>the applicant says “{x}” is wrong</translation>
  </message>
  <message id="desk.result.accepted">
   <source>已受理</source>
   <translation>Accepted</translation>
  </message>
  <message id="desk.result.case_no">
   <source>受理号</source>
   <translation>Case number</translation>
  </message>
  <message id="desk.result.provisional">
   <source>临时编号，联网后换正式号</source>
   <translation>provisional, replaced when online</translation>
  </message>
  <message id="desk.result.copy">
   <source>复制</source>
   <translation>Copy</translation>
  </message>
  <message id="desk.result.promised">
   <source>承诺办结</source>
   <translation>Promised by</translation>
  </message>
  <message id="desk.result.promised_provisional">
   <source>承诺办结（联网后确认）</source>
   <translation>Promised by (confirmed when online)</translation>
  </message>
  <message id="desk.result.receipt">
   <source>受理回执</source>
   <translation>Receipt</translation>
  </message>
  <message id="desk.result.delivery">
   <source>送达中心</source>
   <translation>Sent to the centre</translation>
  </message>
  <message id="desk.result.deferred">
   <source>容缺承诺书</source>
   <translation>Deferral promise</translation>
  </message>
  <message id="desk.print.none">
   <source>未打印</source>
   <translation>not printed</translation>
  </message>
  <message id="desk.print.waiting">
   <source>等待打印</source>
   <translation>waiting to print</translation>
  </message>
  <message id="desk.print.printing">
   <source>正在打印</source>
   <translation>printing</translation>
  </message>
  <message id="desk.print.confirmed">
   <source>已打印 {n} 张</source>
   <extracomment>keep: {n}</extracomment>
   <translation>printed: {n}</translation>
  </message>
  <message id="desk.print.sent">
   <source>已送打印机</source>
   <translation>sent to the printer</translation>
  </message>
  <message id="desk.print.unknown">
   <source>不知道有没有打出来</source>
   <translation>not known whether it came out</translation>
  </message>
  <message id="desk.print.not_printed">
   <source>未打印：{x}</source>
   <extracomment>keep: {x}</extracomment>
   <translation>not printed: {x}</translation>
  </message>
  <message id="desk.print.again">
   <source>补打</source>
   <translation>Reprint</translation>
  </message>
  <message id="desk.print.now">
   <source>打印</source>
   <translation>Print</translation>
  </message>
  <message id="desk.delivery.waiting">
   <source>等网络，已存本机</source>
   <translation>Waiting for network, saved</translation>
  </message>
  <message id="desk.delivery.sending">
   <source>正在送，已存本机</source>
   <translation>being sent, saved</translation>
  </message>
  <message id="desk.delivery.delivered">
   <source>已送达</source>
   <translation>delivered</translation>
  </message>
  <message id="desk.delivery.set_aside">
   <source>中心没有收下，见待发</source>
   <translation>not taken by the centre: see the outbox</translation>
  </message>
  <message id="desk.deferred.value">
   <source>已签，{d} 前补{x}</source>
   <extracomment>keep: {d} {x}</extracomment>
   <translation>signed, {x} due by {d}</translation>
  </message>
  <message id="desk.result.say">
   <source>对申请人说</source>
   <translation>Tell the applicant</translation>
  </message>
  <message id="desk.say.deferred">
   <source>{x}请在 {d} 前补交，逾期就不能接着办。</source>
   <extracomment>keep: {x} {d}</extracomment>
   <translation>{x}: hand in by {d}, or handling ends.</translation>
  </message>
  <message id="desk.say.collect_post">
   <source>结果邮寄给您，不用再跑。</source>
   <translation>The result is posted to you.</translation>
  </message>
  <message id="desk.say.on_the_spot">
   <source>今天就能办好，请稍等。</source>
   <translation>It is done today, please wait.</translation>
  </message>
  <message id="desk.say.keep_receipt">
   <source>请收好回执，凭受理号可查进度。</source>
   <translation>Keep the receipt; the number shows the progress.</translation>
  </message>
  <message id="desk.rating.asked">
   <source>已请申请人评价</source>
   <translation>Asked the applicant to rate</translation>
  </message>
  <message id="desk.rating.hint">
   <source>对客屏显示中，可评可不评，结果不在本屏显示</source>
   <translation>on the second screen; optional, not shown here</translation>
  </message>
  <message id="desk.rating.left">
   <source>剩 {n} 秒</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} s left</translation>
  </message>
  <message id="desk.rating.over">
   <source>已结束</source>
   <translation>over</translation>
  </message>
  <message id="desk.fault.print.head">
   <source>回执没有打印：{x}</source>
   <extracomment>keep: {x}</extracomment>
   <translation>Receipt not printed: {x}</translation>
  </message>
  <message id="desk.fault.print.text">
   <source>受理已成功，不受影响。{do}</source>
   <extracomment>keep: {do}</extracomment>
   <translation>The case is accepted. {do}</translation>
  </message>
  <message id="desk.fault.do.paper_out">
   <source>装纸后按 F12 打印。</source>
   <translation>Load paper, then F12.</translation>
  </message>
  <message id="desk.fault.do.cover_open">
   <source>合上盖子后按 F12 打印。</source>
   <translation>Close the cover, then F12.</translation>
  </message>
  <message id="desk.fault.do.other">
   <source>处理好后按 F12 打印，或稍后补打。</source>
   <translation>Then F12, or print later.</translation>
  </message>
  <message id="desk.fault.now.paper_out">
   <source>已装纸，打印</source>
   <translation>Paper loaded, print</translation>
  </message>
  <message id="desk.fault.now.cover_open">
   <source>已合盖，打印</source>
   <translation>Closed, print</translation>
  </message>
  <message id="desk.fault.now.other">
   <source>再试打印</source>
   <translation>Try again</translation>
  </message>
  <message id="desk.fault.later">
   <source>稍后</source>
   <translation>Later</translation>
  </message>
  <message id="desk.fault.unknown.head">
   <source>回执可能没有打全，请看打印机</source>
   <translation>The receipt may be incomplete: look at the printer</translation>
  </message>
  <message id="desk.fault.unknown.text">
   <source>受理已成功，不受影响。打印到一半失去联系，回执出来了吗？</source>
   <translation>The case is accepted. The printer fell silent; did the receipt come out?</translation>
  </message>
  <message id="desk.fault.unknown.yes">
   <source>出来了</source>
   <translation>It is there</translation>
  </message>
  <message id="desk.fault.unknown.no">
   <source>没出来，重打</source>
   <translation>No, print again</translation>
  </message>
  <message id="desk.printer.paper_out">
   <source>打印机缺纸</source>
   <translation>out of paper</translation>
  </message>
  <message id="desk.printer.paper_near_end">
   <source>纸快用完</source>
   <translation>paper low</translation>
  </message>
  <message id="desk.printer.cover_open">
   <source>打印机开着盖</source>
   <translation>cover open</translation>
  </message>
  <message id="desk.printer.cutter">
   <source>切刀卡住</source>
   <translation>cutter jammed</translation>
  </message>
  <message id="desk.printer.printer_offline">
   <source>打印机离线</source>
   <translation>printer offline</translation>
  </message>
  <message id="desk.printer.printer_error">
   <source>打印机故障</source>
   <translation>printer fault</translation>
  </message>
  <message id="desk.printer.absent">
   <source>打印机没有找到</source>
   <translation>printer not found</translation>
  </message>
  <message id="desk.printer.timeout">
   <source>打印机没有回答</source>
   <translation>printer silent</translation>
  </message>
  <message id="desk.printer.occupied">
   <source>打印机被占用</source>
   <translation>printer in use</translation>
  </message>
  <message id="desk.printer.other">
   <source>打印机有问题</source>
   <translation>printer trouble</translation>
  </message>
  <message id="desk.net.down.head">
   <source>网络中断，受理照常</source>
   <translation>Network down, work continues</translation>
  </message>
  <message id="desk.net.down.since">
   <source>{t} 起。</source>
   <extracomment>keep: {t}</extracomment>
   <translation>Since {t}. </translation>
  </message>
  <message id="desk.net.down.saved">
   <source>{n} 件已存本机，恢复后自动送出；</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} saved, sent when back; </translation>
  </message>
  <message id="desk.net.down.paused">
   <source>共享库核验和电子证照暂缓。</source>
   <translation>lookups wait.</translation>
  </message>
  <message id="desk.net.retry">
   <source>立即重试</source>
   <translation>Retry now</translation>
  </message>
  <message id="desk.net.ms">
   <source>网络 {n} ms</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Network {n} ms</translation>
  </message>
  <message id="desk.net.ok">
   <source>网络</source>
   <translation>Network</translation>
  </message>
  <message id="desk.net.off_minutes">
   <source>网络中断 {n} 分</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Network down {n} min</translation>
  </message>
  <message id="desk.net.off">
   <source>网络中断</source>
   <translation>Network down</translation>
  </message>
  <message id="desk.outbox">
   <source>待发 {n}</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Outbox {n}</translation>
  </message>
  <message id="desk.emulated">
   <source>模拟</source>
   <translation>emulated</translation>
  </message>
  <message id="desk.device.id_card">
   <source>读卡器</source>
   <translation>Card reader</translation>
  </message>
  <message id="desk.device.scanner">
   <source>扫描仪</source>
   <translation>Scanner</translation>
  </message>
  <message id="desk.device.camera">
   <source>高拍仪</source>
   <translation>Camera</translation>
  </message>
  <message id="desk.device.printer">
   <source>回执打印机</source>
   <translation>Receipt printer</translation>
  </message>
  <message id="desk.device.display">
   <source>窗口屏</source>
   <translation>Window display</translation>
  </message>
  <message id="desk.device.codes">
   <source>扫码枪</source>
   <translation>Code reader</translation>
  </message>
  <message id="desk.device.smart_card">
   <source>社保卡</source>
   <translation>Smart card</translation>
  </message>
  <message id="desk.device.rating">
   <source>评价器</source>
   <translation>Rating pad</translation>
  </message>
  <message id="desk.device.applicant_screen">
   <source>对客屏</source>
   <translation>Applicant screen</translation>
  </message>
  <message id="desk.state.connecting">
   <source>连接中</source>
   <translation>connecting</translation>
  </message>
  <message id="desk.state.offline">
   <source>未连上</source>
   <translation>offline</translation>
  </message>
  <message id="desk.state.disabled">
   <source>未启用</source>
   <translation>off</translation>
  </message>
  <message id="desk.state.fault">
   <source>故障</source>
   <translation>fault</translation>
  </message>
  <message id="desk.state.busy">
   <source>工作中</source>
   <translation>busy</translation>
  </message>
  <message id="desk.code.paper_out">
   <source>缺纸</source>
   <translation>out of paper</translation>
  </message>
  <message id="desk.code.paper_near_end">
   <source>纸将尽</source>
   <translation>paper low</translation>
  </message>
  <message id="desk.code.cover_open">
   <source>开盖</source>
   <translation>cover open</translation>
  </message>
  <message id="desk.code.jam">
   <source>卡纸</source>
   <translation>jam</translation>
  </message>
  <message id="desk.code.cutter">
   <source>切刀卡住</source>
   <translation>cutter</translation>
  </message>
  <message id="desk.code.occupied">
   <source>被其他程序占用</source>
   <translation>in use</translation>
  </message>
  <message id="desk.code.absent">
   <source>没有找到</source>
   <translation>not found</translation>
  </message>
  <message id="desk.code.timeout">
   <source>没有回答</source>
   <translation>silent</translation>
  </message>
  <message id="desk.code.printer_offline">
   <source>离线</source>
   <translation>offline</translation>
  </message>
  <message id="desk.code.no_frames">
   <source>没有画面</source>
   <translation>no picture</translation>
  </message>
  <message id="desk.code.unsupported">
   <source>不支持</source>
   <translation>unsupported</translation>
  </message>
  <message id="desk.saved.none">
   <source>没有未存的内容</source>
   <translation>nothing unsaved</translation>
  </message>
  <message id="desk.saved.draft">
   <source>草稿已存本机 {t}</source>
   <extracomment>keep: {t}</extracomment>
   <translation>Draft saved {t}</translation>
  </message>
  <message id="desk.saved.case">
   <source>受理号已入库 {t}</source>
   <extracomment>keep: {t}</extracomment>
   <translation>Case stored {t}</translation>
  </message>
  <message id="desk.keylist.title">
   <source>快捷键</source>
   <translation>Keys</translation>
  </message>
  <message id="desk.keylist.close">
   <source>再按 F1 或 Enter 看手册，Esc 关闭</source>
   <translation>F1 again or Enter: the manual. Esc closes</translation>
  </message>
  <message id="desk.keylist.group.queue">
   <source>叫号</source>
   <translation>Queue</translation>
  </message>
  <message id="desk.keylist.group.visit">
   <source>办理</source>
   <translation>Visit</translation>
  </message>
  <message id="desk.keylist.group.materials">
   <source>材料</source>
   <translation>Documents</translation>
  </message>
  <message id="desk.keylist.group.machine">
   <source>设备与网络</source>
   <translation>Devices and network</translation>
  </message>
  <message id="desk.keylist.row">
   <source>↑ ↓ 选行，1…9 直达</source>
   <translation>↑ ↓ row, 1…9 direct</translation>
  </message>
  <message id="desk.keylist.delete_page">
   <source>删除选中页</source>
   <translation>Delete the page</translation>
  </message>
  <message id="desk.keylist.devices">
   <source>设备页</source>
   <translation>Devices</translation>
  </message>
  <message id="desk.keylist.outbox">
   <source>待发页</source>
   <translation>Outbox</translation>
  </message>
  <message id="desk.keylist.language">
   <source>中文 / English</source>
   <translation>Chinese / English</translation>
  </message>
  <message id="desk.keylist.step">
   <source>打开第 1…6 步</source>
   <translation>Open step 1…6</translation>
  </message>
  <message id="desk.keylist.search">
   <source>找事项</source>
   <translation>Search a service</translation>
  </message>
  <message id="desk.keylist.next_step">
   <source>下一步 / 提交</source>
   <translation>Next step / submit</translation>
  </message>
  <message id="desk.keylist.missing">
   <source>跳到还差的一项</source>
   <translation>Go to what is missing</translation>
  </message>
  <message id="desk.keylist.viewer">
   <source>右侧页面</source>
   <translation>Viewer</translation>
  </message>
  <message id="desk.keylist.copy">
   <source>复制受理号</source>
   <translation>Copy the case number</translation>
  </message>
  <message id="desk.keylist.print">
   <source>打印 / 补打回执</source>
   <translation>Print / reprint</translation>
  </message>
  <message id="desk.keylist.sign_again">
   <source>请申请人重签</source>
   <translation>Ask to sign again</translation>
  </message>
  <message id="desk.keylist.retry">
   <source>立即重试</source>
   <translation>Retry now</translation>
  </message>
  <message id="desk.keylist.text_size">
   <source>字号 大 / 小 / 原</source>
   <translation>Text larger / smaller / normal</translation>
  </message>
  <message id="desk.day.today">
   <source>今天</source>
   <translation>today</translation>
  </message>
  <message id="desk.day.yesterday">
   <source>昨天</source>
   <translation>yesterday</translation>
  </message>
  <message id="desk.missing.identity.card">
   <source>身份证</source>
   <translation>ID card</translation>
  </message>
  <message id="desk.missing.identity.phone">
   <source>联系手机</source>
   <translation>mobile number</translation>
  </message>
  <message id="desk.missing.item.item">
   <source>事项</source>
   <translation>service</translation>
  </message>
  <message id="desk.missing.card_differs">
   <source>身份证信息有误</source>
   <translation>ID card data</translation>
  </message>
  <message id="desk.related.applied">
   <source>网上申请</source>
   <translation>online application</translation>
  </message>
  <message id="desk.related.window">
   <source>{n} 号出件窗口</source>
   <extracomment>keep: {n}</extracomment>
   <translation>window {n}</translation>
  </message>
  <message id="desk.related.shelf">
   <source>柜 {x}</source>
   <extracomment>keep: {x}</extracomment>
   <translation>shelf {x}</translation>
  </message>
  <message id="desk.related.accepted">
   <source>{d} 受理</source>
   <extracomment>keep: {d}</extracomment>
   <translation>accepted {d}</translation>
  </message>
  <message id="desk.related.due">
   <source>{d} 前办结</source>
   <extracomment>keep: {d}</extracomment>
   <translation>due {d}</translation>
  </message>
  <message id="desk.confirm.materials_late">
   <source>，容缺 {n}（{x}，{d} 前）</source>
   <extracomment>keep: {n} {x} {d}</extracomment>
   <translation>, {n} deferred ({x}, by {d})</translation>
  </message>
  <message id="desk.say.promise">
   <source>{x} 前办好。</source>
   <extracomment>keep: {x}</extracomment>
   <translation>It is done by {x}.</translation>
  </message>
  <message id="desk.say.collect">
   <source>{x}在 {n} 号出件窗口取，带身份证即可。</source>
   <extracomment>keep: {x} {n}</extracomment>
   <translation>{x}: collect at window {n}, bring your ID card.</translation>
  </message>
  <message id="desk.say.collect_plain">
   <source>{x}到出件窗口取，带身份证即可。</source>
   <extracomment>keep: {x}</extracomment>
   <translation>{x}: collect at the pick-up window.</translation>
  </message>
  <message id="desk.defer.credit_bad">
   <source>申请人在失信名单上，修复前不能容缺</source>
   <translation>on the credit list: cannot be deferred</translation>
  </message>
  <message id="desk.key.enter">
   <source>Enter</source>
   <translation>Enter</translation>
  </message>
  <message id="desk.toast.receipt.late_printed">
   <source>{number} 的回执已打印</source>
   <extracomment>keep: {number}</extracomment>
   <translation>Receipt of {number} printed</translation>
  </message>
  <message id="desk.toast.receipt.late_failed">
   <source>{number} 的回执还没有打印，受理不受影响；看设备页后再按 F12</source>
   <extracomment>keep: {number}</extracomment>
   <translation>Receipt of {number} not printed, the case stands; see the device page, then F12</translation>
  </message>
  <message id="desk.toast.central.signed_out">
   <source>登录已过期：受理照常，待发存在本机；办完这一件后关闭程序重新登录，就会送出</source>
   <translation>The session has run out: work goes on and is kept here; after this visit close the program and sign in again to send</translation>
  </message>
  <message id="desk.toast.draft.saved">
   <source>草稿已存本机</source>
   <translation>Draft saved</translation>
  </message>
  <message id="desk.toast.visit.taken_in">
   <source>已带入预约的内容，{n} 项</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} fields taken in</translation>
  </message>
  <message id="desk.toast.visit.ended_unfiled">
   <source>本次没有办理，草稿已关</source>
   <translation>Visit ended, nothing filed</translation>
  </message>
  <message id="desk.toast.queue.empty">
   <source>现在没有人等候</source>
   <translation>Nobody is waiting</translation>
  </message>
  <message id="desk.toast.queue.recalled">
   <source>已重呼，第 {n} 次</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Called again, {n}</translation>
  </message>
  <message id="desk.toast.queue.local_number">
   <source>{number} 已在本窗开始；排队服务恢复后补记</source>
   <extracomment>keep: {number}</extracomment>
   <translation>{number} begun here; told to the queue later</translation>
  </message>
  <message id="desk.toast.materials.no_ecert">
   <source>“{name}”不能用电子证照，请扫描原件</source>
   <extracomment>keep: {name}</extracomment>
   <translation>{name} has no e-certificate, scan the paper</translation>
  </message>
  <message id="desk.toast.materials.pages_coming">
   <source>还有页面正在存，存好再按一次</source>
   <translation>Pages are still being stored, press again in a moment</translation>
  </message>
  <message id="desk.toast.materials.needed">
   <source>“{name}”是必要材料，不能免</source>
   <extracomment>keep: {name}</extracomment>
   <translation>{name} is required, it cannot be left out</translation>
  </message>
  <message id="desk.toast.materials.code_known">
   <source>纸上的码认出“{name}”，已勾上</source>
   <extracomment>keep: {name}</extracomment>
   <translation>Code on the page: {name}</translation>
  </message>
  <message id="desk.toast.camera.no_picture">
   <source>高拍仪没有画面，看设备页</source>
   <translation>No picture from the camera, see the device page</translation>
  </message>
  <message id="desk.toast.scanner.done">
   <source>已扫 {n} 页</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} pages scanned</translation>
  </message>
  <message id="desk.toast.scanner.no_documents">
   <source>扫描仪里没有纸，已扫 {n} 页</source>
   <extracomment>keep: {n}</extracomment>
   <translation>No paper in the scanner; {n} pages</translation>
  </message>
  <message id="desk.toast.scanner.jam">
   <source>扫描仪卡纸，已扫 {n} 页都在</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Paper jam; {n} pages are kept</translation>
  </message>
  <message id="desk.toast.scanner.cover_open">
   <source>扫描仪开着盖，已扫 {n} 页都在，合上再按 F11</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Scanner cover open; {n} pages are kept, close it, press F11</translation>
  </message>
  <message id="desk.toast.scanner.absent">
   <source>扫描仪没有找到，可用高拍仪拍</source>
   <translation>Scanner not found, use the camera</translation>
  </message>
  <message id="desk.toast.scanner.other">
   <source>扫描中断，已扫 {n} 页都在</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Scanning stopped; {n} pages are kept</translation>
  </message>
  <message id="desk.toast.central.unavailable">
   <source>服务没有回答，内容都在本机</source>
   <translation>No answer; everything is kept here</translation>
  </message>
  <message id="desk.toast.central.other">
   <source>服务没有接受这一步，内容都在本机</source>
   <translation>The service refused; everything is kept here</translation>
  </message>
  <message id="desk.toast.sign.waiting">
   <source>已送到对客屏，等申请人核对签名</source>
   <translation>Sent to the applicant's screen</translation>
  </message>
  <message id="desk.toast.sign.changed">
   <source>内容有改动，已请申请人重新核对签名</source>
   <translation>Changed: the applicant checks and signs again</translation>
  </message>
  <message id="desk.toast.sign.unreadable">
   <source>签名没有存下，请重签</source>
   <translation>Signature not stored, sign again</translation>
  </message>
  <message id="desk.toast.identity.name_and_number">
   <source>还没有填全，姓名和身份证号都要填</source>
   <translation>Not complete, name and ID number are both needed</translation>
  </message>
  <message id="desk.toast.applicant.wrong">
   <source>申请人说“{label}”不对，已跳到那里</source>
   <extracomment>keep: {label}</extracomment>
   <translation>The applicant says {label} is wrong</translation>
  </message>
  <message id="desk.toast.applicant.disagrees">
   <source>申请人不同意承诺；签名没有做，请当面说明</source>
   <translation>The applicant does not agree to the declaration: explain, nothing is signed</translation>
  </message>
  <message id="desk.toast.bug">
   <source>程序出错，编号 {reference}；内容都已存本机，请继续，并把编号告诉管理员</source>
   <extracomment>keep: {reference}</extracomment>
   <translation>Program error {reference}; everything is saved, go on and tell the administrator</translation>
  </message>
  <message id="desk.toast.applicant.help">
   <source>申请人在对客屏按了“需要帮助”</source>
   <translation>The applicant asks for help</translation>
  </message>
  <message id="desk.toast.page.unreadable">
   <source>这一页读不出，请重拍</source>
   <translation>Page unreadable, take it again</translation>
  </message>
  <message id="desk.toast.page.no_page">
   <source>没有找到纸，请放平再拍</source>
   <translation>No page found</translation>
  </message>
  <message id="desk.toast.store.disk_full">
   <source>本机磁盘满了，这一步没有存下，前面的都在；请腾出空间后再按一次，或者告诉管理员</source>
   <translation>The disk is full: this step was not stored, everything before it is safe; free some space and press again, or tell the administrator</translation>
  </message>
  <message id="desk.toast.store.other">
   <source>本机存储出了问题，请告诉管理员</source>
   <translation>Storage trouble: tell the administrator</translation>
  </message>
  <message id="desk.toast.defer.not_deferrable">
   <source>“{name}”按规定不能容缺，请当场收齐</source>
   <extracomment>keep: {name}</extracomment>
   <translation>{name} cannot be deferred, take it now</translation>
  </message>
  <message id="desk.toast.defer.on_the_spot">
   <source>即办件不能容缺，请当场收齐</source>
   <translation>No deferral for on-the-spot services, take it now</translation>
  </message>
  <message id="desk.toast.defer.credit_unknown">
   <source>还没有查到信用，联网后才能容缺；请先收材料</source>
   <translation>Credit is not known, deferral waits for the network; take it now</translation>
  </message>
  <message id="desk.toast.defer.credit_bad">
   <source>申请人在失信名单上，不能容缺</source>
   <translation>Credit list: cannot be deferred</translation>
  </message>
  <message id="desk.toast.copied">
   <source>受理号已复制</source>
   <translation>Case number copied</translation>
  </message>
  <message id="desk.toast.other_bad">
   <source>这一步没有做成，内容都在，请再试一次</source>
   <translation>Not done; nothing is lost, try again</translation>
  </message>
  <message id="desk.toast.other">
   <source>已完成</source>
   <translation>Done</translation>
  </message>
  <message id="desk.item.folded">
   <source>另 {n} 问按通常情况：{x}</source>
   <extracomment>keep: {n} {x}</extracomment>
   <translation>{n} more as usual: {x}</translation>
  </message>
  <message id="desk.confirm.card.name">
   <source>申请人</source>
   <translation>Applicant</translation>
  </message>
  <message id="desk.confirm.card.id_no">
   <source>身份证号</source>
   <translation>ID number</translation>
  </message>
  <message id="desk.done.filled_brief">
   <source>{n} 项</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} fields</translation>
  </message>
 </context>
 <context>
  <name>device_setup</name>
  <message id="setup.title">
   <source>设备设置</source>
   <translation>Device set-up</translation>
  </message>
  <message id="setup.product">
   <source>综合窗口</source>
   <translation>One Window</translation>
  </message>
  <message id="setup.kind.voice">
   <source>语音叫号</source>
   <translation>Voice</translation>
  </message>
  <message id="setup.step.find">
   <source>查找</source>
   <translation>Find</translation>
  </message>
  <message id="setup.step.try">
   <source>逐台试用</source>
   <translation>Try each</translation>
  </message>
  <message id="setup.step.save">
   <source>保存</source>
   <translation>Save</translation>
  </message>
  <message id="setup.step.check">
   <source>检查</source>
   <translation>Check</translation>
  </message>
  <message id="setup.step.find.running">
   <source>已问 {done} 处，共 {of} 处</source>
   <extracomment>keep: {done} {of}</extracomment>
   <translation>{done} of {of} places asked</translation>
  </message>
  <message id="setup.step.find.done">
   <source>找到 {n} 台</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} devices found</translation>
  </message>
  <message id="setup.step.find.done.one">
   <source>找到 1 台</source>
   <translation>1 device found</translation>
  </message>
  <message id="setup.step.find.none">
   <source>还没有找到</source>
   <translation>None found yet</translation>
  </message>
  <message id="setup.step.try.done">
   <source>{done} 台能用，共 {of} 台</source>
   <extracomment>keep: {done} {of}</extracomment>
   <translation>{done} of {of} work</translation>
  </message>
  <message id="setup.step.try.waits">
   <source>每台都要动一下才算</source>
   <translation>Each has to act to count</translation>
  </message>
  <message id="setup.step.save.done">
   <source>已写进设置文件</source>
   <translation>Written to the settings</translation>
  </message>
  <message id="setup.step.save.waits">
   <source>只改设备，其他不动</source>
   <translation>Only devices change</translation>
  </message>
  <message id="setup.step.check.running">
   <source>正在逐台检查</source>
   <translation>Checking each device</translation>
  </message>
  <message id="setup.step.check.done">
   <source>{done} 台正常，共 {of} 台</source>
   <extracomment>keep: {done} {of}</extracomment>
   <translation>{done} of {of} fine</translation>
  </message>
  <message id="setup.step.check.waits">
   <source>保存以后自动做</source>
   <translation>By itself after saving</translation>
  </message>
  <message id="setup.head.finding">
   <source>正在查找设备</source>
   <translation>Looking for devices</translation>
  </message>
  <message id="setup.head.trying">
   <source>找到的设备</source>
   <translation>Devices found</translation>
  </message>
  <message id="setup.head.saved">
   <source>已保存并检查</source>
   <translation>Saved and checked</translation>
  </message>
  <message id="setup.asking">
   <source>正在问 {place}</source>
   <extracomment>keep: {place}</extracomment>
   <translation>Asking {place}</translation>
  </message>
  <message id="setup.asking.what">
   <source>正在问 {place}：是不是{what}</source>
   <extracomment>keep: {place} {what}</extracomment>
   <translation>Asking {place}: {what}?</translation>
  </message>
  <message id="setup.what.escpos">
   <source>回执打印机</source>
   <translation>receipt printer</translation>
  </message>
  <message id="setup.what.sam_serial">
   <source>身份证读卡器</source>
   <translation>ID card reader</translation>
  </message>
  <message id="setup.what.modbus">
   <source>数码屏</source>
   <translation>numeric display</translation>
  </message>
  <message id="setup.what.onbon">
   <source>文字屏</source>
   <translation>text display</translation>
  </message>
  <message id="setup.what.escl">
   <source>扫描仪</source>
   <translation>scanner</translation>
  </message>
  <message id="setup.what.mjpeg">
   <source>网络摄像头</source>
   <translation>network camera</translation>
  </message>
  <message id="setup.what.ipp">
   <source>A4 打印机</source>
   <translation>A4 printer</translation>
  </message>
  <message id="setup.summary">
   <source>勾选的写进设置；每台按“试一下”，看它动</source>
   <translation>Ticked ones are saved. Try each and watch it act</translation>
  </message>
  <message id="setup.summary.none">
   <source>没有找到设备。看电源和连线，或者手动添加</source>
   <translation>No device found. Look at power and cables, or add one by hand</translation>
  </message>
  <message id="setup.summary.saved">
   <source>{a} 台正常，{b} 台要看一下</source>
   <extracomment>keep: {a} {b}</extracomment>
   <translation>{a} fine, {b} to look at</translation>
  </message>
  <message id="setup.summary.saved.all">
   <source>{n} 台都正常，可以关上这个窗口</source>
   <extracomment>keep: {n}</extracomment>
   <translation>All {n} are fine, this window may be closed</translation>
  </message>
  <message id="setup.search">
   <source>重新查找</source>
   <translation>Search again</translation>
  </message>
  <message id="setup.stop">
   <source>停止</source>
   <translation>Stop</translation>
  </message>
  <message id="setup.add">
   <source>手动添加</source>
   <translation>Add by hand</translation>
  </message>
  <message id="setup.address">
   <source>网络设备的地址</source>
   <translation>Address of a network device</translation>
  </message>
  <message id="setup.address.example">
   <source>如 192.0.2.7</source>
   <translation>e.g. 192.0.2.7</translation>
  </message>
  <message id="setup.ask">
   <source>问它是什么</source>
   <translation>Ask it</translation>
  </message>
  <message id="setup.save">
   <source>保存</source>
   <translation>Save</translation>
  </message>
  <message id="setup.close">
   <source>完成</source>
   <translation>Done</translation>
  </message>
  <message id="setup.untried">
   <source>还有 {n} 台没有试好：{x}</source>
   <extracomment>keep: {n} {x}</extracomment>
   <translation>{n} not shown to work yet: {x}</translation>
  </message>
  <message id="setup.all_tried">
   <source>每台都试过，可以保存</source>
   <translation>All tried, ready to save</translation>
  </message>
  <message id="setup.nothing_chosen">
   <source>还没有勾选设备</source>
   <translation>No device is ticked</translation>
  </message>
  <message id="setup.kept">
   <source>设置文件 {file}</source>
   <extracomment>keep: {file}</extracomment>
   <translation>Settings file {file}</translation>
  </message>
  <message id="setup.separator">
   <source>、</source>
   <translation>, </translation>
  </message>
  <message id="setup.list.hint">
   <source>↑ ↓ 选，空格勾选，Enter 试一下</source>
   <translation>↑ ↓ choose, Space ticks, Enter tries</translation>
  </message>
  <message id="setup.unknown">
   <source>不知道是什么</source>
   <translation>Not known what it is</translation>
  </message>
  <message id="setup.word.works">
   <source>能用</source>
   <translation>Works</translation>
  </message>
  <message id="setup.word.failed">
   <source>没成</source>
   <translation>Failed</translation>
  </message>
  <message id="setup.word.running">
   <source>正在试</source>
   <translation>Trying</translation>
  </message>
  <message id="setup.word.asked">
   <source>等你说</source>
   <translation>Your answer</translation>
  </message>
  <message id="setup.word.not_yet">
   <source>没试过</source>
   <translation>Not tried</translation>
  </message>
  <message id="setup.word.silent">
   <source>没答复</source>
   <translation>Silent</translation>
  </message>
  <message id="setup.word.fine">
   <source>正常</source>
   <translation>Fine</translation>
  </message>
  <message id="setup.word.ill">
   <source>要看一下</source>
   <translation>Look at it</translation>
  </message>
  <message id="setup.fact.model">
   <source>型号</source>
   <translation>Model</translation>
  </message>
  <message id="setup.fact.serial">
   <source>序列号</source>
   <translation>Serial number</translation>
  </message>
  <message id="setup.fact.place">
   <source>接在</source>
   <translation>Plugged in at</translation>
  </message>
  <message id="setup.fact.driver">
   <source>驱动</source>
   <translation>Driver</translation>
  </message>
  <message id="setup.fact.url">
   <source>地址</source>
   <translation>Address</translation>
  </message>
  <message id="setup.fact.options">
   <source>选项</source>
   <translation>Options</translation>
  </message>
  <message id="setup.certainty.answered">
   <source>它自己答复了</source>
   <translation>It answered for itself</translation>
  </message>
  <message id="setup.certainty.listed">
   <source>系统这样报告，试一下才知道</source>
   <translation>The system says so, a try will tell</translation>
  </message>
  <message id="setup.certainty.settings">
   <source>设置里有</source>
   <translation>From the settings</translation>
  </message>
  <message id="setup.certainty.typed">
   <source>手动添加的</source>
   <translation>Added by hand</translation>
  </message>
  <message id="setup.certainty.unknown">
   <source>开着，但不答复；有些设备只听不说</source>
   <translation>Open but silent; some devices only listen</translation>
  </message>
  <message id="setup.why.occupied">
   <source>被其他程序占用</source>
   <translation>In use by another program</translation>
  </message>
  <message id="setup.why.no_permission">
   <source>这个账户没有权限</source>
   <translation>This account has no permission</translation>
  </message>
  <message id="setup.why.silent">
   <source>没有答复</source>
   <translation>No answer</translation>
  </message>
  <message id="setup.why.other_answer">
   <source>有答复，但不认识</source>
   <translation>It answers with something unknown</translation>
  </message>
  <message id="setup.why.not_there">
   <source>这里没有设备</source>
   <translation>Nobody there</translation>
  </message>
  <message id="setup.why.no_driver">
   <source>这里没有它的驱动</source>
   <translation>No driver for it here</translation>
  </message>
  <message id="setup.do.occupied">
   <source>关掉占用它的程序（厂家的工具、另一个窗口程序），再查找</source>
   <translation>Close the program that holds it (a vendor's tool, another window program), then search again</translation>
  </message>
  <message id="setup.do.no_permission">
   <source>装上 installer/udev 的规则，或把账户加进 dialout 组，重新登录后再查找</source>
   <translation>Install the rules of installer/udev or add the account to group dialout, sign in again, then search</translation>
  </message>
  <message id="setup.do.silent">
   <source>它可能是窗口屏、扫码枪或评价器：用下面的按钮认。都不是就看电源和连线</source>
   <translation>It may be a display, a code scanner or a rating pad: find out with the buttons below. If it is none, look at power and cable</translation>
  </message>
  <message id="setup.do.other_answer">
   <source>看型号，用“手动添加”选驱动</source>
   <translation>Look up the model and choose the driver with Add by hand</translation>
  </message>
  <message id="setup.do.not_there">
   <source>看电源、网线和地址</source>
   <translation>Look at power, network cable and address</translation>
  </message>
  <message id="setup.do.no_driver">
   <source>看 drivers/README.md 里有没有能用的驱动</source>
   <translation>See drivers/README.md for a driver that fits</translation>
  </message>
  <message id="setup.try">
   <source>试一下</source>
   <translation>Try it</translation>
  </message>
  <message id="setup.try.again">
   <source>再试一下</source>
   <translation>Try again</translation>
  </message>
  <message id="setup.following">
   <source>下一台：{x}</source>
   <extracomment>keep: {x}</extracomment>
   <translation>Next: {x}</translation>
  </message>
  <message id="setup.try_as.display">
   <source>当作窗口屏试</source>
   <translation>Try as a display</translation>
  </message>
  <message id="setup.try_as.codes">
   <source>扫一个码来认</source>
   <translation>Scan a code to find out</translation>
  </message>
  <message id="setup.try_as.rating">
   <source>按评价器来认</source>
   <translation>Press a pad's key to find out</translation>
  </message>
  <message id="setup.listening.codes">
   <source>请扫一个条码；没认出就隔两秒再扫，最多 40 秒</source>
   <translation>Scan a code; if nothing happens scan again every two seconds, up to 40 s</translation>
  </message>
  <message id="setup.listening.rating">
   <source>请按评价器的键；没认出就隔两秒再按，最多 40 秒</source>
   <translation>Press a key of the pad; if nothing happens press again every two seconds, up to 40 s</translation>
  </message>
  <message id="setup.hint.id_card">
   <source>按下以后 20 秒内放一张身份证，只看能不能读，不留内容</source>
   <translation>Then lay an ID card down within 20 s; nothing of it is kept</translation>
  </message>
  <message id="setup.hint.scanner">
   <source>先放一张纸，扫一页给你看</source>
   <translation>Put a sheet in first; one page is scanned and shown</translation>
  </message>
  <message id="setup.hint.camera">
   <source>取一帧给你看</source>
   <translation>One frame is taken and shown</translation>
  </message>
  <message id="setup.hint.printer">
   <source>打一张测试条，注明不是回执</source>
   <translation>A test strip is printed that says it is no receipt</translation>
  </message>
  <message id="setup.hint.display">
   <source>窗口屏上显示 88888</source>
   <translation>The display shows 88888</translation>
  </message>
  <message id="setup.hint.voice">
   <source>念一个测试号 A017</source>
   <translation>A test call for A017 is spoken</translation>
  </message>
  <message id="setup.hint.codes">
   <source>按下以后 20 秒内扫任何一个条码</source>
   <translation>Then scan any code within 20 s</translation>
  </message>
  <message id="setup.hint.smart_card">
   <source>按下以后 20 秒内插一张卡</source>
   <translation>Then insert a card within 20 s</translation>
  </message>
  <message id="setup.hint.rating">
   <source>按下以后 20 秒内在评价器上按一个键</source>
   <translation>Then press a key of the pad within 20 s</translation>
  </message>
  <message id="setup.hint.document_printer">
   <source>打一页测试页</source>
   <translation>A test page is printed</translation>
  </message>
  <message id="setup.running.id_card">
   <source>请在 20 秒内放一张身份证</source>
   <translation>Lay an ID card down within 20 s</translation>
  </message>
  <message id="setup.running.scanner">
   <source>正在扫一页</source>
   <translation>Scanning a page</translation>
  </message>
  <message id="setup.running.camera">
   <source>正在取画面</source>
   <translation>Taking a frame</translation>
  </message>
  <message id="setup.running.printer">
   <source>正在打测试条</source>
   <translation>Printing the test strip</translation>
  </message>
  <message id="setup.running.display">
   <source>正在显示 88888</source>
   <translation>Showing 88888</translation>
  </message>
  <message id="setup.running.voice">
   <source>正在念 A017</source>
   <translation>Speaking A017</translation>
  </message>
  <message id="setup.running.codes">
   <source>请在 20 秒内扫一个条码</source>
   <translation>Scan a code within 20 s</translation>
  </message>
  <message id="setup.running.smart_card">
   <source>请在 20 秒内插一张卡</source>
   <translation>Insert a card within 20 s</translation>
  </message>
  <message id="setup.running.rating">
   <source>请在 20 秒内按评价器</source>
   <translation>Press a key of the pad within 20 s</translation>
  </message>
  <message id="setup.running.document_printer">
   <source>正在打测试页</source>
   <translation>Printing the test page</translation>
  </message>
  <message id="setup.asks.came_out">
   <source>纸出来了吗？字清楚吗？</source>
   <translation>Did it come out, and can it be read?</translation>
  </message>
  <message id="setup.asks.seen">
   <source>抬头看：窗口屏上是 88888 吗？</source>
   <translation>Look up: does the display show 88888?</translation>
  </message>
  <message id="setup.asks.heard">
   <source>听到 A017 了吗？</source>
   <translation>Did you hear A017?</translation>
  </message>
  <message id="setup.yes.came_out">
   <source>出来了</source>
   <translation>It did</translation>
  </message>
  <message id="setup.yes.seen">
   <source>看到了</source>
   <translation>I see it</translation>
  </message>
  <message id="setup.yes.heard">
   <source>听到了</source>
   <translation>I heard it</translation>
  </message>
  <message id="setup.no.came_out">
   <source>没出来</source>
   <translation>It did not</translation>
  </message>
  <message id="setup.no.seen">
   <source>没看到</source>
   <translation>I do not</translation>
  </message>
  <message id="setup.no.heard">
   <source>没听到</source>
   <translation>I did not</translation>
  </message>
  <message id="setup.works.id_card">
   <source>读到一张证，芯片有效；内容没有保留</source>
   <translation>A card was read, chip valid; nothing is kept</translation>
  </message>
  <message id="setup.works.scanner">
   <source>扫到一页</source>
   <translation>A page was scanned</translation>
  </message>
  <message id="setup.works.camera">
   <source>取到一帧</source>
   <translation>A frame was taken</translation>
  </message>
  <message id="setup.works.printer">
   <source>测试条出来了</source>
   <translation>The test strip came out</translation>
  </message>
  <message id="setup.works.display">
   <source>显示的是 88888</source>
   <translation>It shows 88888</translation>
  </message>
  <message id="setup.works.voice">
   <source>念出来了</source>
   <translation>It was heard</translation>
  </message>
  <message id="setup.works.codes">
   <source>扫到 {n} 个字符，开头是 {code}</source>
   <extracomment>keep: {n} {code}</extracomment>
   <translation>{n} characters read, beginning with {code}</translation>
  </message>
  <message id="setup.works.smart_card">
   <source>读到一张卡，复位应答 {atr}</source>
   <extracomment>keep: {atr}</extracomment>
   <translation>A card was read, answer to reset {atr}</translation>
  </message>
  <message id="setup.works.rating">
   <source>收到评价键 {n}</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Key {n} came</translation>
  </message>
  <message id="setup.works.document_printer">
   <source>测试页出来了</source>
   <translation>The test page came out</translation>
  </message>
  <message id="setup.failed">
   <source>没有成功：{why}</source>
   <extracomment>keep: {why}</extracomment>
   <translation>It did not work: {why}</translation>
  </message>
  <message id="setup.code.not_came_out">
   <source>纸没有出来；看电源、纸和连线，或换一个驱动</source>
   <translation>nothing came out; look at power, paper and cable, or choose another driver</translation>
  </message>
  <message id="setup.code.not_seen">
   <source>窗口屏没有显示；看电源和波特率，或换一个驱动</source>
   <translation>the display stays dark; look at power and speed, or choose another driver</translation>
  </message>
  <message id="setup.code.not_heard">
   <source>没有声音；看音量和音箱</source>
   <translation>no sound; look at volume and loudspeaker</translation>
  </message>
  <message id="setup.checked.fine">
   <source>保存后检查：正常</source>
   <translation>Checked after saving: fine</translation>
  </message>
  <message id="setup.checked.ill">
   <source>保存后检查：{why}</source>
   <extracomment>keep: {why}</extracomment>
   <translation>Checked after saving: {why}</translation>
  </message>
  <message id="setup.use">
   <source>写进设置</source>
   <translation>Save this one</translation>
  </message>
  <message id="setup.leave">
   <source>不写进设置</source>
   <translation>Leave it out</translation>
  </message>
  <message id="setup.edit">
   <source>改驱动和地址</source>
   <translation>Change driver, address</translation>
  </message>
  <message id="setup.form.add">
   <source>手动添加一台设备</source>
   <translation>Add a device by hand</translation>
  </message>
  <message id="setup.form.edit">
   <source>改这台设备</source>
   <translation>Change this device</translation>
  </message>
  <message id="setup.form.kind">
   <source>种类</source>
   <translation>Kind</translation>
  </message>
  <message id="setup.form.driver">
   <source>驱动</source>
   <translation>Driver</translation>
  </message>
  <message id="setup.form.url">
   <source>地址</source>
   <translation>Address</translation>
  </message>
  <message id="setup.form.options">
   <source>选项</source>
   <translation>Options</translation>
  </message>
  <message id="setup.form.options.example">
   <source>如 width = 32，可以空着</source>
   <translation>e.g. width = 32</translation>
  </message>
  <message id="setup.form.options.note">
   <source>每个驱动的选项见 drivers/README.md</source>
   <translation>Options of each driver: drivers/README.md</translation>
  </message>
  <message id="setup.form.emulated">
   <source>是真设备吗</source>
   <translation>Is it real</translation>
  </message>
  <message id="setup.form.real">
   <source>真设备</source>
   <translation>A real device</translation>
  </message>
  <message id="setup.form.stand_in">
   <source>模拟设备</source>
   <translation>Emulated</translation>
  </message>
  <message id="setup.form.url.wrong">
   <source>要写成 {example} 这样</source>
   <extracomment>keep: {example}</extracomment>
   <translation>Write it like {example}</translation>
  </message>
  <message id="setup.form.options.wrong">
   <source>看不懂：{what}</source>
   <extracomment>keep: {what}</extracomment>
   <translation>Not understood: {what}</translation>
  </message>
  <message id="setup.form.take">
   <source>加入</source>
   <translation>Take it</translation>
  </message>
  <message id="setup.form.cancel">
   <source>取消</source>
   <translation>Cancel</translation>
  </message>
  <message id="setup.problem.address">
   <source>“{what}”不是地址。写 192.0.2.7、192.0.2.7:9100 或完整的网址</source>
   <extracomment>keep: {what}</extracomment>
   <translation>“{what}” is no address. Write 192.0.2.7, 192.0.2.7:9100 or a whole URL</translation>
  </message>
  <message id="setup.problem.changed">
   <source>没有保存：设置文件刚被别人改过。关上再打开这个窗口</source>
   <translation>Not saved: somebody changed the settings file meanwhile. Close this window and open it again</translation>
  </message>
  <message id="setup.problem.not_allowed">
   <source>没有保存：这个账户不能写设置文件。{what}</source>
   <extracomment>keep: {what}</extracomment>
   <translation>Not saved: this account cannot write the settings file. {what}</translation>
  </message>
  <message id="setup.problem.refused">
   <source>没有保存，文件没有动：{what}</source>
   <extracomment>keep: {what}</extracomment>
   <translation>Not saved, the file is as it was: {what}</translation>
  </message>
  <message id="setup.problem.form">
   <source>没有保存，文件没有动：里面的设备写法这里改不了。{what}</source>
   <extracomment>keep: {what}</extracomment>
   <translation>Not saved, the file is as it was: its devices are written in a way that is not edited here. {what}</translation>
  </message>
  <message id="setup.open">
   <source>设备设置</source>
   <translation>Device set-up</translation>
  </message>
 </context>
 <context>
  <name>devices</name>
  <message id="device.headline">
   <source>{name}{word}</source>
   <extracomment>keep: {name} {word}</extracomment>
   <translation>{name}: {word}</translation>
  </message>
  <message id="device.check">
   <source>检测</source>
   <translation>Check again</translation>
  </message>
  <message id="device.test.printer">
   <source>打测试条</source>
   <translation>Print a test strip</translation>
  </message>
  <message id="device.test.display">
   <source>显示 88888</source>
   <translation>Show 88888</translation>
  </message>
  <message id="device.test.camera">
   <source>取一帧</source>
   <translation>Take a frame</translation>
  </message>
  <message id="device.test.id_card">
   <source>试读一张卡</source>
   <translation>Try a card</translation>
  </message>
  <message id="device.test.hint.printer">
   <source>测试条注明不是回执</source>
   <translation>The strip says that it is no receipt</translation>
  </message>
  <message id="device.test.hint.display">
   <source>5 秒后恢复本窗号码</source>
   <translation>The number is back after 5 s</translation>
  </message>
  <message id="device.test.hint.camera">
   <source>画面不保存</source>
   <translation>The frame is not kept</translation>
  </message>
  <message id="device.test.hint.id_card">
   <source>不进入本次办理，不留内容</source>
   <translation>Not taken into the visit, nothing is kept</translation>
  </message>
  <message id="device.repair.id_card">
   <source>再读证</source>
   <translation>Read again</translation>
  </message>
  <message id="device.repair.scanner">
   <source>再扫</source>
   <translation>Scan again</translation>
  </message>
  <message id="device.tried.running">
   <source>正在检测</source>
   <translation>Checking</translation>
  </message>
  <message id="device.tried.test.printer.running">
   <source>正在打测试条</source>
   <translation>Printing the test strip</translation>
  </message>
  <message id="device.tried.test.id_card.running">
   <source>请在 15 秒内放一张证</source>
   <translation>Lay a card down within 15 s</translation>
  </message>
  <message id="device.tried.test.camera.running">
   <source>正在取画面</source>
   <translation>Taking a frame</translation>
  </message>
  <message id="device.tried.test.display.running">
   <source>正在显示</source>
   <translation>Showing</translation>
  </message>
  <message id="device.tried.check">
   <source>{t} 检测：{word}</source>
   <extracomment>keep: {t} {word}</extracomment>
   <translation>{t} checked: {word}</translation>
  </message>
  <message id="device.tried.test.printer">
   <source>{t} 测试条已打出</source>
   <extracomment>keep: {t}</extracomment>
   <translation>{t} the test strip is out</translation>
  </message>
  <message id="device.tried.test.printer.sent">
   <source>{t} 测试条已送打印机，请看有没有出来</source>
   <extracomment>keep: {t}</extracomment>
   <translation>{t} sent, look whether the strip came out</translation>
  </message>
  <message id="device.tried.test.display">
   <source>{t} 窗口屏显示 88888，请抬头看</source>
   <extracomment>keep: {t}</extracomment>
   <translation>{t} the display shows 88888, look up</translation>
  </message>
  <message id="device.tried.test.camera">
   <source>{t} 画面正常</source>
   <extracomment>keep: {t}</extracomment>
   <translation>{t} the picture is fine</translation>
  </message>
  <message id="device.tried.test.id_card">
   <source>{t} 读到一张证，芯片有效</source>
   <extracomment>keep: {t}</extracomment>
   <translation>{t} a card was read, chip valid</translation>
  </message>
  <message id="device.tried.failed">
   <source>{t} 没有成功：{why}</source>
   <extracomment>keep: {t} {why}</extracomment>
   <translation>{t} it did not work: {why}</translation>
  </message>
  <message id="device.tried.failed.printer">
   <source>{t} 测试条没有打出：{why}</source>
   <extracomment>keep: {t} {why}</extracomment>
   <translation>{t} no test strip: {why}</translation>
  </message>
  <message id="device.tried.failed.id_card">
   <source>{t} 没有读到：{why}</source>
   <extracomment>keep: {t} {why}</extracomment>
   <translation>{t} nothing read: {why}</translation>
  </message>
  <message id="device.fact.answer_ms">
   <source>答复 {n} 毫秒</source>
   <extracomment>keep: {n}</extracomment>
   <translation>answers in {n} ms</translation>
  </message>
  <message id="device.fact.paper.ok">
   <source>有纸</source>
   <translation>has paper</translation>
  </message>
  <message id="device.fact.paper.near_end">
   <source>纸快用完</source>
   <translation>paper low</translation>
  </message>
  <message id="device.fact.paper.out">
   <source>没有纸</source>
   <translation>no paper</translation>
  </message>
  <message id="device.fact.paper.unknown">
   <source>纸量不明</source>
   <translation>paper not known</translation>
  </message>
  <message id="device.fact.width.48">
   <source>热敏 80 mm</source>
   <translation>thermal 80 mm</translation>
  </message>
  <message id="device.fact.width.32">
   <source>热敏 58 mm</source>
   <translation>thermal 58 mm</translation>
  </message>
  <message id="device.fact.confirms.no">
   <source>不回报打完</source>
   <translation>does not confirm</translation>
  </message>
  <message id="device.fact.feeder.loaded">
   <source>进纸口有纸</source>
   <translation>paper in the feeder</translation>
  </message>
  <message id="device.fact.feeder.empty">
   <source>进纸口空</source>
   <translation>feeder empty</translation>
  </message>
  <message id="device.fact.duplex.yes">
   <source>可双面</source>
   <translation>both sides</translation>
  </message>
  <message id="device.fact.frames_per_second">
   <source>每秒 {n} 帧</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} frames a second</translation>
  </message>
  <message id="device.fact.baud">
   <source>{n} 波特</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} baud</translation>
  </message>
  <message id="device.does.id_card">
   <source>按 F9 读证；没有它可以手工录入</source>
   <translation>F9 reads a card; without it type in</translation>
  </message>
  <message id="device.does.scanner">
   <source>按 F11 扫描；没有它用高拍仪</source>
   <translation>F11 scans; without it use the camera</translation>
  </message>
  <message id="device.does.camera">
   <source>按 F10 拍摄；没有它用扫描仪</source>
   <translation>F10 captures; without it use the scanner</translation>
  </message>
  <message id="device.does.printer">
   <source>受理后自动打印回执，F12 补打</source>
   <translation>Prints the receipt by itself, F12 prints again</translation>
  </message>
  <message id="device.does.display">
   <source>显示本窗正在叫的号</source>
   <translation>Shows the number that this window calls</translation>
  </message>
  <message id="device.does.applicant_screen">
   <source>申请人在上面核对、签名、评价</source>
   <translation>The applicant checks, signs and rates there</translation>
  </message>
  <message id="device.does.other">
   <source>工作正常</source>
   <translation>It works</translation>
  </message>
  <message id="device.note.id_card.card_not_genuine">
   <source>本次先不要受理，核对清楚再办</source>
   <translation>Hold this visit until card and person are clear</translation>
  </message>
  <message id="device.note.printer.paper_near_end">
   <source>回执照常打印，这一卷还够几张</source>
   <translation>Receipts still print, a few are left on the roll</translation>
  </message>
  <message id="device.note.applicant_screen">
   <source>请把本屏转给申请人核对签名，照常受理</source>
   <translation>Turn this screen for checking and signing, work goes on</translation>
  </message>
  <message id="device.steps.applicant_screen.absent">
   <source>看对客屏的电源灯是否亮|把视频线拔下再插紧|还没有：把本屏转给申请人</source>
   <translation>Look at the screen's power lamp|Plug the video cable firmly|Else turn this screen to the applicant</translation>
  </message>
  <message id="device.waiting_unknown">
   <source>回执 · {no} · 打没打出要看一下</source>
   <extracomment>keep: {no}</extracomment>
   <translation>Receipt · {no} · look whether it came out</translation>
  </message>
  <message id="device.waiting_copy">
   <source> · 补打 {n}</source>
   <extracomment>keep: {n}</extracomment>
   <translation> · copy {n}</translation>
  </message>
  <message id="device.list">
   <source>全部设备</source>
   <translation>All devices</translation>
  </message>
  <message id="device.list.hint">
   <source>↑ ↓ 选设备，Enter 检测</source>
   <translation>↑ ↓ choose, Enter checks</translation>
  </message>
  <message id="desk.code.sam_self_test">
   <source>模块故障</source>
   <translation>module fault</translation>
  </message>
  <message id="desk.code.sam_not_authorised">
   <source>模块未授权</source>
   <translation>not authorised</translation>
  </message>
  <message id="desk.code.printer_error">
   <source>故障</source>
   <translation>error</translation>
  </message>
  <message id="desk.code.refused">
   <source>拒绝</source>
   <translation>refused</translation>
  </message>
 </context>
 <context>
  <name>displays</name>
  <message id="desk.code.cannot_show">
   <source>这个号显示不下</source>
   <translation>cannot show this number</translation>
  </message>
  <message id="desk.code.no_font">
   <source>控制卡没有字库</source>
   <translation>no font in the controller</translation>
  </message>
  <message id="desk.code.template_wrong">
   <source>设备模板有错</source>
   <translation>the device's template is wrong</translation>
  </message>
  <message id="desk.code.no_rating">
   <source>没有人按键</source>
   <translation>no key was pressed</translation>
  </message>
  <message id="device.code.cannot_show">
   <source>这个号显示不下</source>
   <translation>cannot show this number</translation>
  </message>
  <message id="device.code.no_font">
   <source>控制卡没有字库</source>
   <translation>no font in the controller</translation>
  </message>
  <message id="device.code.template_wrong">
   <source>设备模板有错</source>
   <translation>the device's template is wrong</translation>
  </message>
  <message id="device.code.no_rating">
   <source>没有人按键</source>
   <translation>no key was pressed</translation>
  </message>
  <message id="device.note.rating">
   <source>改在对客屏上评价，或者记为未评价，照常受理</source>
   <translation>Rated on the second screen or not at all, work goes on</translation>
  </message>
  <message id="device.does.rating">
   <source>受理后请申请人按键评价，结果不在本屏显示</source>
   <translation>Asks the applicant to rate; the answer is not shown here</translation>
  </message>
  <message id="device.steps.display.timeout">
   <source>看屏的电源灯是否亮|看总线接线：A 接 A，B 接 B|仍不行：请管理员核对地址号</source>
   <translation>Look at the display's lamp|Check the wires: A to A, B to B|Else the administrator checks the address</translation>
  </message>
  <message id="device.steps.display.garbled">
   <source>把连线拔下再插紧|仍不行：请管理员核对波特率和终端电阻</source>
   <translation>Plug the cable firmly|Else the administrator checks speed and termination</translation>
  </message>
  <message id="device.steps.display.busy">
   <source>等一会儿，自动再显示|仍不行：关电源 5 秒再开</source>
   <translation>Wait, it is shown again|Else switch off for 5 s</translation>
  </message>
  <message id="device.steps.display.refused">
   <source>关电源 5 秒再开|仍不行：请管理员核对型号</source>
   <translation>Switch off for 5 s|Else the administrator checks the model</translation>
  </message>
  <message id="device.steps.display.cannot_show">
   <source>当面叫这个号|请管理员核对屏的位数</source>
   <translation>Call this number by voice|The administrator checks the number of digits</translation>
  </message>
  <message id="device.steps.display.no_font">
   <source>当面叫号|请管理员给控制卡装字库</source>
   <translation>Call by voice|The administrator loads a font</translation>
  </message>
  <message id="device.steps.template_wrong">
   <source>请管理员改模板，日志里有行号和原因</source>
   <translation>The administrator mends the template; the log has line and reason</translation>
  </message>
  <message id="device.steps.rating.no_rating">
   <source>可评可不评，不用处理</source>
   <translation>Rating is optional, nothing to do</translation>
  </message>
  <message id="device.steps.rating.timeout">
   <source>看评价器的灯是否亮|把连线拔下再插紧|评价改在对客屏上做</source>
   <translation>Look at the pad's lamp|Plug the cable firmly|Rating is asked on the second screen</translation>
  </message>
  <message id="device.fact.unit">
   <source>地址 {n}</source>
   <extracomment>keep: {n}</extracomment>
   <translation>unit {n}</translation>
  </message>
  <message id="desk.rating.hint_pad">
   <source>请申请人按评价器，可评可不评，结果不在本屏显示</source>
   <translation>on the rating pad; optional, not shown here</translation>
  </message>
  <message id="device.test.rating">
   <source>请人按一下键</source>
   <translation>Have a key pressed</translation>
  </message>
  <message id="device.test.hint.rating">
   <source>不记为评价，按了哪个键不显示</source>
   <translation>Not counted, and the key is not shown</translation>
  </message>
  <message id="device.tried.test.rating.running">
   <source>评价器亮灯后，请在 15 秒内按任意一个键</source>
   <translation>When the pad lights up, press any key within 15 s</translation>
  </message>
  <message id="device.tried.test.rating">
   <source>{t} 按键收到</source>
   <extracomment>keep: {t}</extracomment>
   <translation>{t} a key was received</translation>
  </message>
  <message id="device.tried.failed.rating">
   <source>{t} 没有收到按键：{why}</source>
   <extracomment>keep: {t} {why}</extracomment>
   <translation>{t} no key received: {why}</translation>
  </message>
  <message id="desk.code.busy">
   <source>正忙</source>
   <translation>busy</translation>
  </message>
  <message id="check.so.rating">
   <source>可照常受理，评价改在对客屏上做</source>
   <translation>rated on the second screen</translation>
  </message>
 </context>
 <context>
  <name>failure</name>
  <message id="failure.wrong_key">
   <source>本机存储打不开：密钥不对|存储的内容没有动过，也没有丢。|请用平时登录本机的账户登录后再打开；还不行就找管理员。</source>
   <translation>The store does not open: wrong key|Nothing was touched, nothing is lost.|Sign in to this computer with the usual account and start again, or call the administrator.</translation>
  </message>
  <message id="failure.key_missing">
   <source>本机存储打不开：这个账户没有它的密钥|数据文件夹是从别处拷来的，或者换了账户；内容没有动过。|请用原来的账户登录，或者找管理员。</source>
   <translation>The store does not open: this account has no key for it|The data folder was copied from elsewhere or the account changed; nothing was touched.|Sign in with the former account, or call the administrator.</translation>
  </message>
  <message id="failure.no_keyring">
   <source>系统的密钥环没有打开|没有密钥，存储不能打开；内容没有动过。|请注销后重新登录本机，让系统打开密钥环，再启动本程序。</source>
   <translation>The system's keyring is not open|Without its key the store stays closed; nothing was touched.|Sign out of this computer and in again, then start the program.</translation>
  </message>
  <message id="failure.damaged">
   <source>本机存储损坏，没有能用来恢复的备份|没有改动任何文件，已送达中心的办件不受影响。|不要删除文件夹；请找管理员，另换一台电脑接着办。</source>
   <translation>The store is damaged, and there is no backup to restore it from|No file was changed; cases delivered to the centre are safe.|Delete nothing; call the administrator, and go on at another computer.</translation>
  </message>
  <message id="failure.restoring">
   <source>本机存储损坏，正在恢复|已受理的办件会从备份和受理记录里恢复，损坏的文件会留着。|请等一会儿，不要关机；恢复完会告诉您结果。</source>
   <translation>The store is damaged and is being restored|Accepted cases come back from the backup and the log of acceptances; the damaged file is kept.|Please wait, and do not switch the computer off; you will be told the result.</translation>
  </message>
  <message id="failure.restored">
   <source>本机存储损坏过，已经恢复|办件和没办完的事都在下面；损坏的文件留着，没有删。|可以开始工作；有不确定的回执会问您，别的请告诉管理员。</source>
   <translation>The store was damaged and is restored|The cases and the open visits are listed below; the damaged file is kept, nothing was deleted.|You can begin to work; you will be asked about receipts that are in doubt. Tell the administrator.</translation>
  </message>
  <message id="failure.wrong_profile">
   <source>本机存储属于另一种用途（正式、培训或演示）|内容没有动过；培训和正式办件不能混在一起。|请找管理员，给这种用途另设一个数据文件夹。</source>
   <translation>The store belongs to another use (production, training or demo)|Nothing was touched; training and real cases must not be mixed.|Call the administrator to set up a data folder of its own for this use.</translation>
  </message>
  <message id="failure.owner">
   <source>占用者：进程 {pid}</source>
   <extracomment>keep: {pid}</extracomment>
   <translation>In use by process {pid}</translation>
  </message>
  <message id="failure.go_on">
   <source>开始工作</source>
   <translation>Begin to work</translation>
  </message>
  <message id="failure.report">
   <source>恢复结果</source>
   <translation>What was restored</translation>
  </message>
  <message id="failure.report.backup">
   <source>从 {day} {time} 的备份开始</source>
   <extracomment>keep: {day} {time}</extracomment>
   <translation>Began with the backup of {day} {time}</translation>
  </message>
  <message id="failure.report.log_only">
   <source>没有可用的备份，全部来自受理记录</source>
   <translation>There was no good backup: everything comes from the log of acceptances</translation>
  </message>
  <message id="failure.report.cases">
   <source>办件 {n} 件，其中 {log} 件是备份之后受理的</source>
   <extracomment>keep: {n} {log}</extracomment>
   <translation>Cases: {n}, {log} of them accepted after the backup</translation>
  </message>
  <message id="failure.report.salvaged">
   <source>另有 {n} 件从损坏的文件里读了出来</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Cases read out of the damaged file: {n} more</translation>
  </message>
  <message id="failure.report.drafts">
   <source>没办完的 {n} 件</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Open visits: {n}</translation>
  </message>
  <message id="failure.report.pages">
   <source>材料页面从备份取回 {n} 页</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Pages brought from the backup: {n}</translation>
  </message>
  <message id="failure.report.pages_missing">
   <source>有 {n} 页材料找不回来，要请申请人再交</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Pages that could not be brought back: {n}; ask the applicants for them again</translation>
  </message>
  <message id="failure.report.not_whole">
   <source>受理记录有一部分读不出来，可能少了几件：请对一对中心的办件清单</source>
   <translation>A part of the log could not be read, so something may be lacking: compare with the centre's list of cases</translation>
  </message>
  <message id="failure.report.kept">
   <source>损坏的文件在数据文件夹的 {folder}</source>
   <extracomment>keep: {folder}</extracomment>
   <translation>The damaged files are in {folder} of the data folder</translation>
  </message>
  <message id="failure.newer_version">
   <source>本机存储由更新的程序写成|旧程序不会动它，内容没有丢。|请找管理员更新本程序。</source>
   <translation>The store was written by a newer program|This one leaves it alone; nothing is lost.|Call the administrator to update the program.</translation>
  </message>
  <message id="failure.disk_full">
   <source>磁盘满了|已保存的内容没有丢，但现在不能再写。|请腾出空间（例如清空回收站）后重新启动本程序。</source>
   <translation>The disk is full|What was saved is safe, but nothing more can be written.|Free some space, then start the program again.</translation>
  </message>
  <message id="failure.read_only">
   <source>数据文件夹不能写入|内容没有动过。|请找管理员检查文件夹的权限。</source>
   <translation>The data folder cannot be written|Nothing was touched.|Call the administrator to check the folder's permissions.</translation>
  </message>
  <message id="failure.occupied">
   <source>本程序已经在运行|同一个存储只能由一个程序使用，以免一件事办两次。|请切换到已经打开的窗口；找不到就重新登录本机。</source>
   <translation>The program is already running|One store belongs to one program, so that nothing is done twice.|Switch to the open window, or sign in to this computer again.</translation>
  </message>
  <message id="failure.other">
   <source>本机存储打不开|内容没有动过。|请找管理员。</source>
   <translation>The store does not open|Nothing was touched.|Call the administrator.</translation>
  </message>
  <message id="failure.close">
   <source>关闭</source>
   <translation>Close</translation>
  </message>
 </context>
 <context>
  <name>faults</name>
  <message id="desk.toast.central.queue_empty">
   <source>现在没有人等候，请稍后再叫</source>
   <translation>Nobody is waiting, call again later</translation>
  </message>
  <message id="desk.toast.central.window_busy">
   <source>本窗还有号没办完，请先办结或过号</source>
   <translation>This window still has a number, finish it or mark it missed</translation>
  </message>
  <message id="desk.toast.central.stale_call">
   <source>排队情况刚变过，已更新，请再按一次</source>
   <translation>The queue has just changed, press again</translation>
  </message>
  <message id="desk.toast.central.no_number">
   <source>本窗现在没有号，请先叫号</source>
   <translation>No number at this window, call one first</translation>
  </message>
  <message id="desk.toast.central.no_such_number">
   <source>今天没有这个号，请核对小票</source>
   <translation>No such number today, look at the ticket</translation>
  </message>
  <message id="desk.toast.central.number_taken">
   <source>这个号已在别处办理，请核对小票</source>
   <translation>The number is taken elsewhere, look at the ticket</translation>
  </message>
  <message id="desk.toast.central.no_more_recalls">
   <source>已呼叫三次，没来请按 F4 过号</source>
   <translation>Called three times, F4 marks it missed</translation>
  </message>
  <message id="desk.toast.central.too_soon">
   <source>刚刚呼叫过，请稍等几秒再重呼</source>
   <translation>Called a moment ago, wait some seconds</translation>
  </message>
  <message id="desk.toast.central.no_certificate">
   <source>证照库没有这份证照，请扫描原件</source>
   <translation>No such e-certificate, scan the paper</translation>
  </message>
  <message id="desk.toast.central.certificate_expired">
   <source>电子证照已过期，请扫描有效原件</source>
   <translation>The e-certificate has expired, scan a valid paper</translation>
  </message>
  <message id="desk.toast.central.not_signed_in">
   <source>登录已过期，内容都在本机；请重新登录</source>
   <translation>Signed out, everything is kept here; sign in again</translation>
  </message>
  <message id="desk.toast.central.role_missing">
   <source>您的岗位没有这项权限，请找班长</source>
   <translation>Your role does not allow it, ask the supervisor</translation>
  </message>
  <message id="desk.toast.central.not_your_window">
   <source>这个工号不在本窗口，请找班长</source>
   <translation>Your account is not for this window, ask the supervisor</translation>
  </message>
  <message id="desk.toast.central.no_such_window">
   <source>中心没有登记本窗口，请告诉管理员</source>
   <translation>The centre does not know this window, tell the administrator</translation>
  </message>
  <message id="desk.toast.page.other">
   <source>这一页没有存下，前面的都在；请再拍，还不行告诉管理员</source>
   <translation>This page was not stored, the others are kept; again, or tell the administrator</translation>
  </message>
  <message id="desk.toast.page.disk_full">
   <source>磁盘满了，这一页没有存下；前面的都在，请告诉管理员</source>
   <translation>Disk full, this page was not stored; the others are kept, tell the administrator</translation>
  </message>
  <message id="desk.toast.scanner.busy">
   <source>扫描仪正忙，已扫 {n} 页都在，稍后再按 F11</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Scanner busy; {n} pages are kept, press F11 again later</translation>
  </message>
  <message id="desk.toast.scanner.timeout">
   <source>扫描仪没有回答，已扫 {n} 页都在，可用高拍仪拍</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Scanner silent; {n} pages are kept, use the camera</translation>
  </message>
  <message id="desk.toast.scanner.occupied">
   <source>扫描仪被别的程序占用，已扫 {n} 页都在，关掉它再按 F11</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Scanner in use elsewhere; {n} pages are kept, close it, press F11</translation>
  </message>
  <message id="desk.toast.scanner.unsupported">
   <source>扫描仪不支持这样扫，可用高拍仪拍，并告诉管理员</source>
   <translation>Scanner does not support this, use the camera, tell the administrator</translation>
  </message>
  <message id="desk.toast.store.read_only">
   <source>数据文件夹不能写，这一步没有存下，请告诉管理员</source>
   <translation>The data folder cannot be written, nothing was stored, tell the administrator</translation>
  </message>
  <message id="desk.toast.store.damaged">
   <source>本机存储损坏，这一步没有存下，请停办并告诉管理员</source>
   <translation>The store is damaged, nothing was stored, stop and tell the administrator</translation>
  </message>
  <message id="desk.toast.store.low_space">
   <source>磁盘快满了，只剩 {mb} MB；现在还能办，请今天就告诉管理员腾出空间</source>
   <extracomment>keep: {mb}</extracomment>
   <translation>The disk is nearly full, {mb} MB are left; work goes on, tell the administrator today to free some space</translation>
  </message>
  <message id="desk.toast.store.occupied">
   <source>别的程序占着存储，这一步没有存下，请再按一次</source>
   <translation>Another program holds the store, nothing was stored, press again</translation>
  </message>
  <message id="desk.fail.garbled">
   <source>读卡器的回答有误</source>
   <translation>The reader's answer is damaged</translation>
  </message>
  <message id="desk.fail.garbled.do">
   <source>按 F9 再读；仍不行拔插连线，或手工录入</source>
   <translation>press F9; else replug the cable, or type in</translation>
  </message>
  <message id="desk.fail.timeout">
   <source>读卡器没有回答</source>
   <translation>The card reader does not answer</translation>
  </message>
  <message id="desk.fail.timeout.do">
   <source>看电源灯，按 F9 再读；或手工录入，照常办理</source>
   <translation>look at its lamp, press F9; or type in, the visit goes on</translation>
  </message>
  <message id="desk.code.garbled">
   <source>回答有误</source>
   <translation>garbled</translation>
  </message>
  <message id="outbox.reason.bad_range">
   <source>页面分块不对</source>
   <translation>chunk not valid</translation>
  </message>
  <message id="outbox.reason.not_leased">
   <source>受理号不在本窗的号段</source>
   <translation>number not leased to this window</translation>
  </message>
  <message id="outbox.reason.page_damaged">
   <source>本机的页面读不出</source>
   <translation>page unreadable here</translation>
  </message>
  <message id="outbox.reason.page_wrong_key">
   <source>本机的页面打不开</source>
   <translation>page cannot be opened here</translation>
  </message>
  <message id="outbox.reason.page_longer_there">
   <source>中心的页面比本机长</source>
   <translation>page is longer at the centre</translation>
  </message>
  <message id="outbox.reason.page_too_large">
   <source>页面太大</source>
   <translation>page too large</translation>
  </message>
  <message id="outbox.reason.unknown_kind">
   <source>不认识的记录</source>
   <translation>unknown record</translation>
  </message>
  <message id="outbox.reason.wrong_digest">
   <source>页面校验不符</source>
   <translation>page digest differs</translation>
  </message>
  <message id="desk.toast.central.wrong_profile">
   <source>这个中心不收培训窗口的数据，请告诉管理员</source>
   <translation>The centre is of another profile, tell the administrator</translation>
  </message>
  <message id="desk.toast.store.wrong_profile">
   <source>本机数据属于另一种用途，没有打开；请告诉管理员</source>
   <translation>The store belongs to another profile and stays closed, tell the administrator</translation>
  </message>
  <message id="outbox.reason.wrong_profile">
   <source>中心不收这种窗口</source>
   <translation>window of another profile</translation>
  </message>
 </context>
 <context>
  <name>identity</name>
  <message id="desk.id.organisation">
   <source>企业 / 单位</source>
   <translation>Organisation</translation>
  </message>
  <message id="desk.id.party">
   <source>申请人类别</source>
   <translation>Applicant</translation>
  </message>
  <message id="desk.id.presence">
   <source>谁来办理</source>
   <translation>Who came</translation>
  </message>
  <message id="desk.id.by_agent">
   <source>代办</source>
   <translation>By agent</translation>
  </message>
  <message id="desk.id.legal_rep_came">
   <source>法定代表人到场</source>
   <translation>Representative came</translation>
  </message>
  <message id="desk.id.birth">
   <source>出生</source>
   <translation>Born</translation>
  </message>
  <message id="desk.id.english_name">
   <source>英文姓名</source>
   <translation>English name</translation>
  </message>
  <message id="desk.id.nationality">
   <source>国籍</source>
   <translation>Nationality</translation>
  </message>
  <message id="desk.id.times_renewed">
   <source>换证次数</source>
   <translation>Times renewed</translation>
  </message>
  <message id="desk.id.times_issued">
   <source>签发次数</source>
   <translation>Times issued</translation>
  </message>
  <message id="desk.id.permit_no">
   <source>通行证号</source>
   <translation>Permit no.</translation>
  </message>
  <message id="desk.id.document">
   <source>证件</source>
   <translation>Document</translation>
  </message>
  <message id="desk.id.document_no">
   <source>证件号</source>
   <translation>Number</translation>
  </message>
  <message id="desk.id.valid_to">
   <source>有效期至</source>
   <translation>Valid until</translation>
  </message>
  <message id="desk.id.address_new">
   <source>新住址</source>
   <translation>New address</translation>
  </message>
  <message id="desk.id.address_printed">
   <source>证面住址</source>
   <translation>On the card</translation>
  </message>
  <message id="desk.id.chip_valid.permanent_2017">
   <source>永久居留身份证已读，芯片有效</source>
   <translation>Resident card read, chip valid</translation>
  </message>
  <message id="desk.id.chip_valid.permanent_2023">
   <source>永久居留身份证已读，芯片有效</source>
   <translation>Resident card read, chip valid</translation>
  </message>
  <message id="desk.id.chip_valid.hkmt_residence">
   <source>港澳台居民居住证已读，芯片有效</source>
   <translation>Residence permit read, chip valid</translation>
  </message>
  <message id="desk.doc.resident">
   <source>居民身份证</source>
   <translation>ID card</translation>
  </message>
  <message id="desk.doc.temporary_id">
   <source>临时居民身份证</source>
   <translation>Temporary ID card</translation>
  </message>
  <message id="desk.doc.passport_cn">
   <source>中国护照</source>
   <translation>Chinese passport</translation>
  </message>
  <message id="desk.doc.hk_macao_permit">
   <source>港澳居民来往内地通行证</source>
   <translation>Hong Kong / Macao travel permit</translation>
  </message>
  <message id="desk.doc.taiwan_permit">
   <source>台湾居民来往大陆通行证</source>
   <translation>Taiwan travel permit</translation>
  </message>
  <message id="desk.doc.passport_foreign">
   <source>外国护照</source>
   <translation>Foreign passport</translation>
  </message>
  <message id="desk.doc.other">
   <source>其他证件</source>
   <translation>Other document</translation>
  </message>
  <message id="desk.doc.hint.resident">
   <source>18 位，最后一位可以是 X；校验位不对会提示</source>
   <translation>18 characters; the last may be X</translation>
  </message>
  <message id="desk.doc.hint.temporary_id">
   <source>号码同居民身份证，18 位</source>
   <translation>number as on the ID card, 18 characters</translation>
  </message>
  <message id="desk.doc.hint.passport_cn">
   <source>E 或 G 开头，共 9 位</source>
   <translation>begins with E or G, 9 characters</translation>
  </message>
  <message id="desk.doc.hint.hk_macao_permit">
   <source>H 或 M 加 8 位或 10 位数字</source>
   <translation>H or M, then 8 or 10 digits</translation>
  </message>
  <message id="desk.doc.hint.taiwan_permit">
   <source>8 位或 10 位数字</source>
   <translation>8 or 10 digits</translation>
  </message>
  <message id="desk.doc.hint.passport_foreign">
   <source>5 到 20 位字母和数字；国籍填三位代码，如 USA</source>
   <translation>5 to 20 letters and digits; nationality as three letters</translation>
  </message>
  <message id="desk.doc.hint.other">
   <source>证件号照原件录入</source>
   <translation>number as on the original</translation>
  </message>
  <message id="desk.type.document">
   <source>证件种类</source>
   <translation>Document</translation>
  </message>
  <message id="desk.type.document_no">
   <source>证件号</source>
   <translation>Number</translation>
  </message>
  <message id="desk.type.nationality">
   <source>国籍代码</source>
   <translation>Nationality</translation>
  </message>
  <message id="desk.type.birth">
   <source>出生日期</source>
   <translation>Born on</translation>
  </message>
  <message id="desk.type.sex">
   <source>性别</source>
   <translation>Sex</translation>
  </message>
  <message id="desk.type.valid_to">
   <source>有效期至</source>
   <translation>Valid until</translation>
  </message>
  <message id="desk.type.date_like">
   <source>如 1990-01-02</source>
   <translation>e.g. 1990-01-02</translation>
  </message>
  <message id="desk.type.bad_date">
   <source>请按 年-月-日 填</source>
   <translation>write year-month-day</translation>
  </message>
  <message id="desk.type.for.applicant">
   <source>录入申请人</source>
   <translation>Type the applicant</translation>
  </message>
  <message id="desk.type.for.principal">
   <source>录入委托人</source>
   <translation>Type the principal</translation>
  </message>
  <message id="desk.type.for.agent">
   <source>录入代办人</source>
   <translation>Type the agent</translation>
  </message>
  <message id="desk.type.for.legal_rep">
   <source>录入法定代表人</source>
   <translation>Type the legal representative</translation>
  </message>
  <message id="desk.sex.男">
   <source>男</source>
   <translation>Male</translation>
  </message>
  <message id="desk.sex.女">
   <source>女</source>
   <translation>Female</translation>
  </message>
  <message id="desk.sex.未知">
   <source>未知</source>
   <translation>Unknown</translation>
  </message>
  <message id="desk.sex.未说明">
   <source>未说明</source>
   <translation>Not stated</translation>
  </message>
  <message id="desk.side.organisation">
   <source>申请单位</source>
   <translation>Organisation</translation>
  </message>
  <message id="desk.side.principal">
   <source>委托人</source>
   <translation>Principal</translation>
  </message>
  <message id="desk.side.agent">
   <source>到场代办人</source>
   <translation>Agent</translation>
  </message>
  <message id="desk.side.guardian">
   <source>到场监护人</source>
   <translation>Guardian</translation>
  </message>
  <message id="desk.side.legal_rep">
   <source>到场法定代表人</source>
   <translation>Representative</translation>
  </message>
  <message id="desk.side.empty.principal">
   <source>请放委托人的身份证，没有带来的手工录入</source>
   <translation>place the principal's card, or type it in</translation>
  </message>
  <message id="desk.side.empty.agent">
   <source>请放代办人的身份证</source>
   <translation>place the agent's card</translation>
  </message>
  <message id="desk.side.empty.guardian">
   <source>请放监护人的身份证</source>
   <translation>place the guardian's card</translation>
  </message>
  <message id="desk.side.empty.legal_rep">
   <source>请放法定代表人的身份证</source>
   <translation>place the representative's card</translation>
  </message>
  <message id="desk.side.reading.principal">
   <source>正在等委托人的身份证</source>
   <translation>waiting for the principal's card</translation>
  </message>
  <message id="desk.side.reading.agent">
   <source>正在等代办人的身份证</source>
   <translation>waiting for the agent's card</translation>
  </message>
  <message id="desk.side.reading.guardian">
   <source>正在等监护人的身份证</source>
   <translation>waiting for the guardian's card</translation>
  </message>
  <message id="desk.side.reading.legal_rep">
   <source>正在等法定代表人的身份证</source>
   <translation>waiting for the representative's card</translation>
  </message>
  <message id="desk.side.lift">
   <source>证还在读卡器上的话，请拿起再放一次</source>
   <translation>If the card is still on the reader, lift it and lay it down again</translation>
  </message>
  <message id="desk.side.other_card">
   <source>读卡器上还是另一人的证，请换一张</source>
   <translation>The other person's card is still on the reader</translation>
  </message>
  <message id="desk.side.swap">
   <source>对调</source>
   <translation>Swap</translation>
  </message>
  <message id="desk.side.read">
   <source>读证</source>
   <translation>Read card</translation>
  </message>
  <message id="desk.org.licence">
   <source>营业执照</source>
   <translation>Business licence</translation>
  </message>
  <message id="desk.org.code">
   <source>统一社会信用代码</source>
   <translation>Unified social credit code</translation>
  </message>
  <message id="desk.org.code_short">
   <source>信用代码</source>
   <translation>Credit code</translation>
  </message>
  <message id="desk.org.type">
   <source>类型</source>
   <translation>Type</translation>
  </message>
  <message id="desk.org.legal_rep">
   <source>法定代表</source>
   <translation>Legal rep.</translation>
  </message>
  <message id="desk.org.address">
   <source>住所</source>
   <translation>Address</translation>
  </message>
  <message id="desk.org.established">
   <source>成立</source>
   <translation>Founded</translation>
  </message>
  <message id="desk.org.valid_to">
   <source>营业至</source>
   <translation>Term until</translation>
  </message>
  <message id="desk.org.name">
   <source>名称</source>
   <translation>Name</translation>
  </message>
  <message id="desk.org.look_up">
   <source>查登记</source>
   <translation>Look up</translation>
  </message>
  <message id="desk.org.type_in">
   <source>手工录入</source>
   <translation>Type in</translation>
  </message>
  <message id="desk.org.change">
   <source>换单位</source>
   <translation>Change</translation>
  </message>
  <message id="desk.org.active">
   <source>执照有效，状态存续</source>
   <translation>Licence valid, active</translation>
  </message>
  <message id="desk.org.revoked">
   <source>执照已吊销</source>
   <translation>Licence revoked</translation>
  </message>
  <message id="desk.org.cancelled">
   <source>已注销</source>
   <translation>Cancelled</translation>
  </message>
  <message id="desk.org.typed">
   <source>按执照录入，联网后核验</source>
   <translation>Typed from the licence, checked when online</translation>
  </message>
  <message id="desk.org.checked">
   <source>市场监管共享库 {t} 核对</source>
   <extracomment>keep: {t}</extracomment>
   <translation>Business register, {t}</translation>
  </message>
  <message id="desk.org.hint">
   <source>录入信用代码，查登记信息</source>
   <translation>type the credit code, the register fills the rest</translation>
  </message>
  <message id="desk.org.asking">
   <source>正在查登记信息</source>
   <translation>asking the register</translation>
  </message>
  <message id="desk.org.not_found">
   <source>登记库里没有这个代码，请按执照录入</source>
   <translation>Not in the register: type it from the licence</translation>
  </message>
  <message id="desk.org.offline">
   <source>网络中断，请按执照录入，联网后核验</source>
   <translation>Network down: type it from the licence, checked when online</translation>
  </message>
  <message id="desk.org.bad_uscc">
   <source>信用代码不对：校验位不符，请逐位核对</source>
   <translation>Wrong credit code: check digit</translation>
  </message>
  <message id="desk.org.typing">
   <source>按执照录入单位</source>
   <translation>Type from the licence</translation>
  </message>
  <message id="desk.auth.phone">
   <source>手机</source>
   <translation>Mobile</translation>
  </message>
  <message id="desk.auth.relation">
   <source>与单位</source>
   <translation>Relation</translation>
  </message>
  <message id="desk.auth.relation_person">
   <source>与委托人</source>
   <translation>Relation</translation>
  </message>
  <message id="desk.auth.powers">
   <source>权限</source>
   <translation>May do</translation>
  </message>
  <message id="desk.auth.until">
   <source>期限至</source>
   <translation>Until</translation>
  </message>
  <message id="desk.auth.no_end">
   <source>未约定</source>
   <translation>no end agreed</translation>
  </message>
  <message id="desk.relation.staff">
   <source>办事员</source>
   <translation>Staff</translation>
  </message>
  <message id="desk.relation.family">
   <source>近亲属</source>
   <translation>Close relative</translation>
  </message>
  <message id="desk.relation.guardian">
   <source>监护人</source>
   <translation>Guardian</translation>
  </message>
  <message id="desk.relation.lawyer">
   <source>律师</source>
   <translation>Lawyer</translation>
  </message>
  <message id="desk.relation.other">
   <source>其他</source>
   <translation>Other</translation>
  </message>
  <message id="desk.relation.none">
   <source>请选</source>
   <translation>choose</translation>
  </message>
  <message id="desk.power.submit">
   <source>提交</source>
   <translation>Submit</translation>
  </message>
  <message id="desk.power.correct">
   <source>更正</source>
   <translation>Correct</translation>
  </message>
  <message id="desk.power.collect">
   <source>领取</source>
   <translation>Collect</translation>
  </message>
  <message id="desk.attorney.missing">
   <source>还缺授权委托书</source>
   <translation>Power of attorney missing</translation>
  </message>
  <message id="desk.attorney.missing_line">
   <source>拍下或扫描后归入材料；材料步也可以补</source>
   <translation>capture it now, or later</translation>
  </message>
  <message id="desk.attorney.take">
   <source>拍委托书</source>
   <translation>Capture it</translation>
  </message>
  <message id="desk.attorney.guardian_missing">
   <source>还缺监护关系证明</source>
   <translation>Proof of guardianship missing</translation>
  </message>
  <message id="desk.attorney.guardian_line">
   <source>户口簿或出生医学证明；材料步也可以补</source>
   <translation>register or birth certificate</translation>
  </message>
  <message id="desk.attorney.guardian_take">
   <source>拍证明</source>
   <translation>Capture it</translation>
  </message>
  <message id="desk.attorney.name">
   <source>授权委托书</source>
   <translation>power of attorney</translation>
  </message>
  <message id="desk.attorney.guardian_name">
   <source>监护关系证明</source>
   <translation>proof of guardianship</translation>
  </message>
  <message id="desk.bar.attorney">
   <source>还差 1 项</source>
   <translation>1 missing</translation>
  </message>
  <message id="desk.bar.attorney_text">
   <source>：{x}，可在材料步补</source>
   <extracomment>keep: {x}</extracomment>
   <translation>: {x}, may follow later</translation>
  </message>
  <message id="desk.coming.attorney">
   <source>会加 1 份委托书</source>
   <translation>+1 power of attorney</translation>
  </message>
  <message id="desk.coming.guardian">
   <source>会加 1 份监护证明</source>
   <translation>+1 proof of guardianship</translation>
  </message>
  <message id="desk.head.by_agent">
   <source>{x} 代办</source>
   <extracomment>keep: {x}</extracomment>
   <translation>by {x}</translation>
  </message>
  <message id="desk.head.legal_rep">
   <source>{x} 到场</source>
   <extracomment>keep: {x}</extracomment>
   <translation>{x} came</translation>
  </message>
  <message id="desk.head.no_party">
   <source>请录入申请单位</source>
   <translation>type the organisation</translation>
  </message>
  <message id="desk.id.related_organisation">
   <source>此单位相关</source>
   <translation>This organisation</translation>
  </message>
  <message id="desk.bar.await_agent">
   <source>等代办人放身份证</source>
   <translation>Waiting for the agent's card</translation>
  </message>
  <message id="desk.remark.guardian_needed">
   <source>申请人 {n} 岁，须由监护人到场代办</source>
   <extracomment>keep: {n}</extracomment>
   <translation>applicant is {n}: a guardian must come and act</translation>
  </message>
  <message id="desk.remark.minor_agent">
   <source>代办人 {n} 岁，未成年人不能代办</source>
   <extracomment>keep: {n}</extracomment>
   <translation>agent is {n}: a minor cannot act for others</translation>
  </message>
  <message id="desk.remark.same_person">
   <source>代办人和委托人是同一人</source>
   <translation>agent and principal are the same person</translation>
  </message>
  <message id="desk.remark.authority_over">
   <source>委托期限已过 {n} 天</source>
   <extracomment>keep: {n}</extracomment>
   <translation>authority ended {n} days ago</translation>
  </message>
  <message id="desk.remark.not_legal_rep">
   <source>不是执照上的法定代表人</source>
   <translation>not the representative on the licence</translation>
  </message>
  <message id="desk.remark.bad_number">
   <source>证件号不符合这种证件的格式</source>
   <translation>number does not fit this document</translation>
  </message>
  <message id="desk.remark.bad_nationality">
   <source>国籍代码是三个字母</source>
   <translation>nationality has three letters</translation>
  </message>
  <message id="desk.remark.not_hkmt_number">
   <source>号码不是 81、82、83 开头，请对照证件</source>
   <translation>number does not begin with 81, 82 or 83</translation>
  </message>
  <message id="desk.remark.nationality_differs">
   <source>国籍与号码不一致</source>
   <translation>nationality differs from the number</translation>
  </message>
  <message id="desk.remark.bad_uscc">
   <source>信用代码校验位不对</source>
   <translation>wrong check digit in the credit code</translation>
  </message>
  <message id="desk.remark.old_code">
   <source>还没有换发统一社会信用代码</source>
   <translation>no unified credit code yet</translation>
  </message>
  <message id="desk.remark.revoked">
   <source>执照已吊销，不能受理</source>
   <translation>licence revoked: cannot be accepted</translation>
  </message>
  <message id="desk.remark.cancelled">
   <source>已注销，不能受理</source>
   <translation>cancelled: cannot be accepted</translation>
  </message>
  <message id="desk.remark.term_over">
   <source>营业期限已过 {n} 天</source>
   <extracomment>keep: {n}</extracomment>
   <translation>business term ended {n} days ago</translation>
  </message>
  <message id="desk.remark.to_verify">
   <source>联网后核验</source>
   <translation>Checked when online</translation>
  </message>
  <message id="desk.way.other_document">
   <source>录入其他有效证件</source>
   <translation>Type another document</translation>
  </message>
  <message id="desk.way.other_document_line">
   <source>可用临时居民身份证、护照等有效证件办理</source>
   <translation>a temporary ID card or a passport will do</translation>
  </message>
  <message id="desk.way.guardian">
   <source>监护人代办</source>
   <translation>Guardian acts</translation>
  </message>
  <message id="desk.way.agent">
   <source>按代办办理</source>
   <translation>As agent</translation>
  </message>
  <message id="desk.way.person">
   <source>改按个人</source>
   <translation>As a person</translation>
  </message>
  <message id="desk.way.swap">
   <source>对调</source>
   <translation>Swap</translation>
  </message>
  <message id="desk.fail.bad_number">
   <source>证件号不对：格式不符</source>
   <translation>Wrong number for this document</translation>
  </message>
  <message id="desk.fail.bad_number.do">
   <source>请对照证件逐位重录</source>
   <translation>compare with the document and type again</translation>
  </message>
  <message id="desk.fail.bad_nationality">
   <source>国籍代码不对</source>
   <translation>Wrong nationality</translation>
  </message>
  <message id="desk.fail.bad_nationality.do">
   <source>填三个字母，如 USA</source>
   <translation>three letters, such as USA</translation>
  </message>
  <message id="desk.fail.expired">
   <source>证件已过期</source>
   <translation>The document has expired</translation>
  </message>
  <message id="desk.fail.expired.do">
   <source>请用其他有效证件</source>
   <translation>use another valid document</translation>
  </message>
  <message id="desk.fail.not_yet_valid">
   <source>证件还没有生效</source>
   <translation>The document is not valid yet</translation>
  </message>
  <message id="desk.fail.not_yet_valid.do">
   <source>请用其他有效证件</source>
   <translation>use another valid document</translation>
  </message>
  <message id="desk.missing.identity.organisation">
   <source>申请单位</source>
   <translation>organisation</translation>
  </message>
  <message id="desk.missing.identity.legal_rep">
   <source>法定代表人的身份证</source>
   <translation>representative's ID card</translation>
  </message>
  <message id="desk.missing.identity.principal">
   <source>委托人</source>
   <translation>principal</translation>
  </message>
  <message id="desk.missing.identity.agent">
   <source>代办人</source>
   <translation>agent</translation>
  </message>
  <message id="desk.missing.identity.powers">
   <source>代办权限：提交</source>
   <translation>authority to submit</translation>
  </message>
  <message id="desk.missing.item.not_for_such">
   <source>事项不面向这类申请人</source>
   <translation>service not for such applicants</translation>
  </message>
  <message id="desk.missing.item.in_person">
   <source>事项须本人办理</source>
   <translation>service in person only</translation>
  </message>
  <message id="desk.missing.remark.expired">
   <source>证件已过期</source>
   <translation>card expired</translation>
  </message>
  <message id="desk.missing.remark.not_yet_valid">
   <source>证件未生效</source>
   <translation>card not valid yet</translation>
  </message>
  <message id="desk.missing.remark.guardian_needed">
   <source>监护人到场</source>
   <translation>guardian</translation>
  </message>
  <message id="desk.missing.remark.not_legal_rep">
   <source>到场人不是法定代表人</source>
   <translation>not the representative</translation>
  </message>
  <message id="desk.missing.remark.minor_agent">
   <source>代办人未成年</source>
   <translation>agent is a minor</translation>
  </message>
  <message id="desk.missing.remark.same_person">
   <source>代办人和委托人是同一人</source>
   <translation>same person twice</translation>
  </message>
  <message id="desk.missing.remark.authority_over">
   <source>委托期限已过</source>
   <translation>authority ended</translation>
  </message>
  <message id="desk.missing.remark.revoked">
   <source>执照已吊销</source>
   <translation>licence revoked</translation>
  </message>
  <message id="desk.missing.remark.cancelled">
   <source>单位已注销</source>
   <translation>organisation cancelled</translation>
  </message>
  <message id="desk.missing.remark.term_over">
   <source>营业期限已过</source>
   <translation>business term over</translation>
  </message>
  <message id="desk.missing.remark.bad_uscc">
   <source>信用代码有误</source>
   <translation>credit code</translation>
  </message>
  <message id="desk.done.by_agent">
   <source>代办</source>
   <translation>By agent</translation>
  </message>
  <message id="desk.done.organisation_checked">
   <source>已核对登记</source>
   <translation>Register checked</translation>
  </message>
  <message id="desk.done.organisation_typed">
   <source>联网后核验</source>
   <translation>Checked when online</translation>
  </message>
  <message id="desk.keylist.party">
   <source>个人 / 单位切换</source>
   <translation>Person or organisation</translation>
  </message>
  <message id="desk.keylist.agent">
   <source>本人 / 代办切换</source>
   <translation>In person or by agent</translation>
  </message>
  <message id="desk.toast.mode.organisation">
   <source>单位信息先收起，切回企业 / 单位即恢复</source>
   <translation>Organisation put aside, it comes back with the switch</translation>
  </message>
  <message id="desk.toast.mode.agent">
   <source>代办人先收起，切回代办即恢复</source>
   <translation>Agent put aside, comes back with the switch</translation>
  </message>
  <message id="desk.toast.mode.values">
   <source>表单换了，{n} 项填写不再适用</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Another form: {n} typed values no longer fit</translation>
  </message>
  <message id="desk.toast.mode.organisation_values">
   <source>单位信息先收起；表单换了，{n} 项填写不再适用</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Organisation put aside; {n} typed values no longer fit</translation>
  </message>
  <message id="desk.toast.mode.agent_values">
   <source>代办人先收起；{n} 项填写不再适用</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Agent put aside; {n} typed values no longer fit</translation>
  </message>
  <message id="desk.toast.identity.organisation_name">
   <source>还没有单位名称，请先填写</source>
   <translation>No name of the organisation yet, type it first</translation>
  </message>
  <message id="desk.nationality.CHN">
   <source>中国</source>
   <translation>China</translation>
  </message>
  <message id="desk.nationality.USA">
   <source>美国</source>
   <translation>United States</translation>
  </message>
  <message id="desk.nationality.GBR">
   <source>英国</source>
   <translation>United Kingdom</translation>
  </message>
  <message id="desk.nationality.CAN">
   <source>加拿大</source>
   <translation>Canada</translation>
  </message>
  <message id="desk.nationality.AUS">
   <source>澳大利亚</source>
   <translation>Australia</translation>
  </message>
  <message id="desk.nationality.NZL">
   <source>新西兰</source>
   <translation>New Zealand</translation>
  </message>
  <message id="desk.nationality.JPN">
   <source>日本</source>
   <translation>Japan</translation>
  </message>
  <message id="desk.nationality.KOR">
   <source>韩国</source>
   <translation>South Korea</translation>
  </message>
  <message id="desk.nationality.PRK">
   <source>朝鲜</source>
   <translation>North Korea</translation>
  </message>
  <message id="desk.nationality.RUS">
   <source>俄罗斯</source>
   <translation>Russia</translation>
  </message>
  <message id="desk.nationality.DEU">
   <source>德国</source>
   <translation>Germany</translation>
  </message>
  <message id="desk.nationality.FRA">
   <source>法国</source>
   <translation>France</translation>
  </message>
  <message id="desk.nationality.ITA">
   <source>意大利</source>
   <translation>Italy</translation>
  </message>
  <message id="desk.nationality.ESP">
   <source>西班牙</source>
   <translation>Spain</translation>
  </message>
  <message id="desk.nationality.NLD">
   <source>荷兰</source>
   <translation>Netherlands</translation>
  </message>
  <message id="desk.nationality.CHE">
   <source>瑞士</source>
   <translation>Switzerland</translation>
  </message>
  <message id="desk.nationality.SWE">
   <source>瑞典</source>
   <translation>Sweden</translation>
  </message>
  <message id="desk.nationality.IND">
   <source>印度</source>
   <translation>India</translation>
  </message>
  <message id="desk.nationality.PAK">
   <source>巴基斯坦</source>
   <translation>Pakistan</translation>
  </message>
  <message id="desk.nationality.NPL">
   <source>尼泊尔</source>
   <translation>Nepal</translation>
  </message>
  <message id="desk.nationality.MNG">
   <source>蒙古</source>
   <translation>Mongolia</translation>
  </message>
  <message id="desk.nationality.VNM">
   <source>越南</source>
   <translation>Vietnam</translation>
  </message>
  <message id="desk.nationality.THA">
   <source>泰国</source>
   <translation>Thailand</translation>
  </message>
  <message id="desk.nationality.MYS">
   <source>马来西亚</source>
   <translation>Malaysia</translation>
  </message>
  <message id="desk.nationality.SGP">
   <source>新加坡</source>
   <translation>Singapore</translation>
  </message>
  <message id="desk.nationality.IDN">
   <source>印度尼西亚</source>
   <translation>Indonesia</translation>
  </message>
  <message id="desk.nationality.PHL">
   <source>菲律宾</source>
   <translation>Philippines</translation>
  </message>
  <message id="desk.nationality.MMR">
   <source>缅甸</source>
   <translation>Myanmar</translation>
  </message>
  <message id="desk.nationality.LAO">
   <source>老挝</source>
   <translation>Laos</translation>
  </message>
  <message id="desk.nationality.KHM">
   <source>柬埔寨</source>
   <translation>Cambodia</translation>
  </message>
  <message id="desk.nationality.KAZ">
   <source>哈萨克斯坦</source>
   <translation>Kazakhstan</translation>
  </message>
  <message id="desk.nationality.UZB">
   <source>乌兹别克斯坦</source>
   <translation>Uzbekistan</translation>
  </message>
  <message id="desk.nationality.SAU">
   <source>沙特阿拉伯</source>
   <translation>Saudi Arabia</translation>
  </message>
  <message id="desk.nationality.ARE">
   <source>阿联酋</source>
   <translation>United Arab Emirates</translation>
  </message>
  <message id="desk.nationality.EGY">
   <source>埃及</source>
   <translation>Egypt</translation>
  </message>
  <message id="desk.nationality.NGA">
   <source>尼日利亚</source>
   <translation>Nigeria</translation>
  </message>
  <message id="desk.nationality.ZAF">
   <source>南非</source>
   <translation>South Africa</translation>
  </message>
  <message id="desk.nationality.BRA">
   <source>巴西</source>
   <translation>Brazil</translation>
  </message>
  <message id="desk.nationality.MEX">
   <source>墨西哥</source>
   <translation>Mexico</translation>
  </message>
  <message id="desk.nationality.ARG">
   <source>阿根廷</source>
   <translation>Argentina</translation>
  </message>
  <message id="desk.nationality.UKR">
   <source>乌克兰</source>
   <translation>Ukraine</translation>
  </message>
  <message id="desk.nationality.POL">
   <source>波兰</source>
   <translation>Poland</translation>
  </message>
  <message id="desk.nationality.TUR">
   <source>土耳其</source>
   <translation>Türkiye</translation>
  </message>
  <message id="desk.nationality.IRN">
   <source>伊朗</source>
   <translation>Iran</translation>
  </message>
  <message id="desk.nationality.ISR">
   <source>以色列</source>
   <translation>Israel</translation>
  </message>
 </context>
 <context>
  <name>lock</name>
  <message id="lock.title.key">
   <source>已锁屏</source>
   <translation>Locked</translation>
  </message>
  <message id="lock.title.idle">
   <source>没有人操作，已锁屏</source>
   <translation>Locked: nobody at the window</translation>
  </message>
  <message id="lock.title.signed_out">
   <source>登录已过期，请重新登录</source>
   <translation>The session has run out: sign in again</translation>
  </message>
  <message id="lock.since">
   <source>{t} 起</source>
   <extracomment>keep: {t}</extracomment>
   <translation>since {t}</translation>
  </message>
  <message id="lock.visit_open">
   <source>正在办的内容都已存本机，解锁后接着办。</source>
   <translation>The open visit is saved here; unlock to go on.</translation>
  </message>
  <message id="lock.no_visit">
   <source>没有正在办的。扫描、打印、发送照常。</source>
   <translation>No visit is open. Scanning, printing and sending go on.</translation>
  </message>
  <message id="lock.signed_out_hint">
   <source>受理的都已存本机；登录后继续送出、叫号。</source>
   <translation>What was accepted is kept here; sending and calling go on after signing in.</translation>
  </message>
  <message id="lock.demo">
   <source>（演示：密码是 demo）</source>
   <translation> (Demo: the password is demo.)</translation>
  </message>
  <message id="lock.account">
   <source>工号</source>
   <translation>Account</translation>
  </message>
  <message id="lock.password">
   <source>密码</source>
   <translation>Password</translation>
  </message>
  <message id="lock.other">
   <source>换人办理，请改工号；没有办完的由接手的人接着办</source>
   <translation>Another clerk types her own account; the open visit goes on in her name</translation>
  </message>
  <message id="lock.unlock">
   <source>解锁</source>
   <translation>Unlock</translation>
  </message>
  <message id="lock.sign_in">
   <source>登录</source>
   <translation>Sign in</translation>
  </message>
  <message id="lock.checking">
   <source>正在核对</source>
   <translation>Checking</translation>
  </message>
  <message id="lock.window">
   <source>{n} 号窗口</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Window {n}</translation>
  </message>
  <message id="lock.warning">
   <source>{n} 秒后锁屏，动一下键盘或鼠标就不锁</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Locks in {n} s; any key or the mouse keeps it open</translation>
  </message>
  <message id="lock.session">
   <source>登录已过期，受理照常</source>
   <translation>The session has run out, work goes on</translation>
  </message>
  <message id="lock.session_hint">
   <source>受理的存在本机，重新登录后送出</source>
   <translation>What is accepted is kept here and sent after signing in</translation>
  </message>
  <message id="lock.again">
   <source>重新登录</source>
   <translation>Sign in again</translation>
  </message>
  <message id="lock.problem.empty">
   <source>请输入工号和密码</source>
   <translation>Type account and password</translation>
  </message>
  <message id="lock.problem.wrong_password">
   <source>工号或密码不对，还可再试 {n} 次</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Account or password is wrong, {n} more tries</translation>
  </message>
  <message id="lock.problem.wrong">
   <source>工号或密码不对</source>
   <translation>Account or password is wrong</translation>
  </message>
  <message id="lock.problem.locked">
   <source>密码错误次数过多，{t} 后再试</source>
   <extracomment>keep: {t}</extracomment>
   <translation>Too many attempts, try again after {t}</translation>
  </message>
  <message id="lock.problem.locked_some">
   <source>密码错误次数过多，请过一会儿再试</source>
   <translation>Too many attempts, try again later</translation>
  </message>
  <message id="lock.problem.unavailable">
   <source>连不上中心服务，这台机器上又没有这个工号的记录；请联网后再试，或由在这台机器登录过的人解锁</source>
   <translation>The centre cannot be reached and this machine does not know the account; try when the line is back, or let a clerk unlock who has signed in here</translation>
  </message>
  <message id="lock.problem.too_long_ago">
   <source>这个工号 7 天没有联网登录，离线不能解锁；请联网后再试</source>
   <translation>Last online sign-in is over 7 days ago; try when the line is back</translation>
  </message>
  <message id="lock.problem.locked_minutes">
   <source>密码错误次数过多，{n} 分后再试</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Too many attempts, try again in {n} min</translation>
  </message>
  <message id="lock.problem.unknown">
   <source>离线时只有在这台机器登录过的人能解锁；请联网后再试</source>
   <translation>Offline, only a clerk who has signed in here can unlock; try when the line is back</translation>
  </message>
  <message id="lock.problem.no_role">
   <source>这个工号没有窗口受理岗位</source>
   <translation>This account has no counter role</translation>
  </message>
  <message id="lock.problem.not_your_window">
   <source>这个工号不在本窗口</source>
   <translation>This account is not for this window</translation>
  </message>
  <message id="lock.problem.no_keyring">
   <source>本机密钥库不可用，请告诉管理员</source>
   <translation>The keyring does not work, tell the administrator</translation>
  </message>
  <message id="lock.problem.store">
   <source>本机存储出了问题，接手没有记下；请告诉管理员</source>
   <translation>Storage trouble: the change of clerk was not recorded; tell the administrator</translation>
  </message>
  <message id="lock.problem.other">
   <source>没有通过，请再试</source>
   <translation>Not accepted, try again</translation>
  </message>
 </context>
 <context>
  <name>machine</name>
  <message id="machine.udev_rules.ok">
   <source>设备规则已装好</source>
   <translation>the rules for devices are installed</translation>
  </message>
  <message id="machine.udev_rules.missing">
   <source>没有装设备规则：读卡器和打印机可能没有权限</source>
   <translation>the rules for devices are not installed: readers and printers may be forbidden</translation>
  </message>
  <message id="machine.udev_rules.missing.do">
   <source>sudo cp {file} /etc/udev/rules.d/ &amp;&amp; sudo udevadm control --reload &amp;&amp; sudo udevadm trigger</source>
   <extracomment>keep: {file}</extracomment>
   <translation>sudo cp {file} /etc/udev/rules.d/ &amp;&amp; sudo udevadm control --reload &amp;&amp; sudo udevadm trigger</translation>
  </message>
  <message id="machine.udev_rules.other">
   <source>装的设备规则和这一版带的不一样</source>
   <translation>the installed rules for devices are not those of this version</translation>
  </message>
  <message id="machine.udev_rules.other.do">
   <source>比较后再复制一次：sudo cp {file} /etc/udev/rules.d/</source>
   <extracomment>keep: {file}</extracomment>
   <translation>compare, then copy again: sudo cp {file} /etc/udev/rules.d/</translation>
  </message>
  <message id="machine.groups.ok">
   <source>账户可以用串口、打印机、扫描仪和摄像头</source>
   <translation>the account may use serial ports, printers, scanners and cameras</translation>
  </message>
  <message id="machine.groups.missing">
   <source>账户不在这些组里：{groups}</source>
   <extracomment>keep: {groups}</extracomment>
   <translation>the account is not in these groups: {groups}</translation>
  </message>
  <message id="machine.groups.missing.do">
   <source>sudo usermod -aG {list} {account}，然后注销再登录</source>
   <extracomment>keep: {list} {account}</extracomment>
   <translation>sudo usermod -aG {list} {account}, then sign out and in again</translation>
  </message>
  <message id="machine.groups.sign_in_again">
   <source>已经加进这些组，但还没有生效：{groups}</source>
   <extracomment>keep: {groups}</extracomment>
   <translation>already in these groups, but not in this session: {groups}</translation>
  </message>
  <message id="machine.groups.sign_in_again.do">
   <source>注销再登录</source>
   <translation>sign out and in again</translation>
  </message>
  <message id="machine.brltty.ok">
   <source>没有盲文程序占串口</source>
   <translation>no braille program takes serial ports</translation>
  </message>
  <message id="machine.brltty.taken">
   <source>盲文程序 brltty 占了 {devices}，串口不见了</source>
   <extracomment>keep: {devices}</extracomment>
   <translation>the braille program brltty has taken {devices}: its serial port is gone</translation>
  </message>
  <message id="machine.brltty.taken.do">
   <source>sudo apt remove brltty，然后把设备拔下再插</source>
   <translation>sudo apt remove brltty, then unplug the device and plug it in again</translation>
  </message>
  <message id="machine.brltty.there">
   <source>装了盲文程序 brltty，它会占 CH340 和 CP210x 串口</source>
   <translation>the braille program brltty is installed; it takes CH340 and CP210x serial ports</translation>
  </message>
  <message id="machine.brltty.there.do">
   <source>不用盲文就 sudo apt remove brltty；要用就屏蔽它的规则：sudo ln -s /dev/null /etc/udev/rules.d/85-brltty.rules</source>
   <translation>without braille: sudo apt remove brltty; else mask its rules: sudo ln -s /dev/null /etc/udev/rules.d/85-brltty.rules</translation>
  </message>
  <message id="machine.modem_manager.ok">
   <source>没有程序把串口当调制解调器</source>
   <translation>no program takes serial ports for modems</translation>
  </message>
  <message id="machine.modem_manager.there">
   <source>ModemManager 会往新插的串口发命令，打乱读卡器</source>
   <translation>ModemManager sends commands to new serial ports, which disturbs readers</translation>
  </message>
  <message id="machine.modem_manager.there.do">
   <source>装上设备规则（里面叫它不要碰），或 sudo systemctl disable --now ModemManager</source>
   <translation>install the rules for devices (they tell it to stay away), or sudo systemctl disable --now ModemManager</translation>
  </message>
  <message id="machine.usblp.ok">
   <source>内核没有占直连的打印机</source>
   <translation>the kernel holds no printer that is driven directly</translation>
  </message>
  <message id="machine.usblp.held">
   <source>内核的 usblp 占着 {devices}，设置里却要直接用 USB</source>
   <extracomment>keep: {devices}</extracomment>
   <translation>the kernel's usblp holds {devices}, and the settings drive it over USB directly</translation>
  </message>
  <message id="machine.usblp.held.do">
   <source>把地址改成 file:///dev/usb/lp0，或装上 installer/modprobe/counter-usblp.conf</source>
   <translation>write url = file:///dev/usb/lp0, or install installer/modprobe/counter-usblp.conf</translation>
  </message>
  <message id="machine.cups.ok">
   <source>打印队列没有占回执打印机</source>
   <translation>no print queue holds the receipt printer</translation>
  </message>
  <message id="machine.cups.claims">
   <source>CUPS 有一个 USB 打印队列，可能占着回执打印机</source>
   <translation>CUPS has a queue for a USB printer, which may hold the receipt printer</translation>
  </message>
  <message id="machine.cups.claims.do">
   <source>lpstat -v 看是不是同一台；是就 sudo lpadmin -x 队列名</source>
   <translation>see by lpstat -v whether it is the same; if so sudo lpadmin -x QUEUE</translation>
  </message>
  <message id="machine.ipp_usb.ok">
   <source>没有设备归 ipp-usb 管</source>
   <translation>no device is held by ipp-usb</translation>
  </message>
  <message id="machine.ipp_usb.claims">
   <source>ipp-usb 管着 {devices}：扫描仪在 http://127.0.0.1:60000/eSCL</source>
   <extracomment>keep: {devices}</extracomment>
   <translation>ipp-usb holds {devices}: the scanner is at http://127.0.0.1:60000/eSCL</translation>
  </message>
  <message id="machine.ipp_usb.claims.do">
   <source>在设备设置里问这个地址，不要用 SANE 直连</source>
   <translation>ask that address in the device set-up, not SANE directly</translation>
  </message>
  <message id="machine.usb_sleep.ok">
   <source>读卡器和串口不会睡着</source>
   <translation>readers and serial ports are kept awake</translation>
  </message>
  <message id="machine.usb_sleep.auto">
   <source>系统可能让这些设备睡着：{devices}</source>
   <extracomment>keep: {devices}</extracomment>
   <translation>the system may put these to sleep: {devices}</translation>
  </message>
  <message id="machine.usb_sleep.auto.do">
   <source>装上设备规则，把设备拔下再插</source>
   <translation>install the rules for devices, unplug them and plug them in again</translation>
  </message>
  <message id="machine.libraries.ok">
   <source>驱动要的库都在</source>
   <translation>the libraries of the drivers are there</translation>
  </message>
  <message id="machine.libraries.missing">
   <source>缺这些库：{libraries}</source>
   <extracomment>keep: {libraries}</extracomment>
   <translation>these libraries are missing: {libraries}</translation>
  </message>
  <message id="machine.libraries.missing.do">
   <source>sudo apt install {packages}</source>
   <extracomment>keep: {packages}</extracomment>
   <translation>sudo apt install {packages}</translation>
  </message>
  <message id="machine.pcscd.ok">
   <source>智能卡服务在运行</source>
   <translation>the smart card service runs</translation>
  </message>
  <message id="machine.pcscd.not_needed">
   <source>没有装智能卡服务，这个窗口也不用</source>
   <translation>no smart card service, and this window needs none</translation>
  </message>
  <message id="machine.pcscd.stopped">
   <source>智能卡服务没有运行</source>
   <translation>the smart card service does not run</translation>
  </message>
  <message id="machine.pcscd.stopped.do">
   <source>sudo systemctl enable --now pcscd.socket</source>
   <translation>sudo systemctl enable --now pcscd.socket</translation>
  </message>
  <message id="machine.pcscd.missing">
   <source>没有装智能卡服务，设置里却有读卡器</source>
   <translation>no smart card service, and the settings name a reader</translation>
  </message>
  <message id="machine.pcscd.missing.do">
   <source>sudo apt install pcscd libccid</source>
   <translation>sudo apt install pcscd libccid</translation>
  </message>
  <message id="machine.usb_control.there">
   <source>{system} 有外设管控，可能禁用整类 USB 设备</source>
   <extracomment>keep: {system}</extracomment>
   <translation>{system} controls USB devices and may forbid whole classes</translation>
  </message>
  <message id="machine.usb_control.there.do">
   <source>设备插上没有反应时，请管理员在安全中心放行</source>
   <translation>when a device does not show up, have the administrator allow it in the security centre</translation>
  </message>
 </context>
 <context>
  <name>manual</name>
  <message id="desk.keylist.manual_close">
   <source>/ 查找，Enter 进正文，Esc 返回，F1 关闭</source>
   <translation>/ finds, Enter goes into the page, Esc goes back, F1 closes</translation>
  </message>
  <message id="manual.title">
   <source>手册</source>
   <translation>Manual</translation>
  </message>
  <message id="manual.search">
   <source>在手册里查找</source>
   <translation>Search the manual</translation>
  </message>
  <message id="manual.contents">
   <source>目录</source>
   <translation>Contents</translation>
  </message>
  <message id="manual.page">
   <source>正文</source>
   <translation>Page</translation>
  </message>
  <message id="manual.none">
   <source>这台电脑上没有手册</source>
   <translation>There is no manual on this computer</translation>
  </message>
 </context>
 <context>
  <name>offline</name>
  <message id="signin.away">
   <source>连不上中心服务。7 天内在本机联网登录过的，照常登录、照常受理；网络恢复后自动登录并送出。</source>
   <translation>The centre cannot be reached. Who signed in here within 7 days signs in as usual; all is sent later.</translation>
  </message>
  <message id="signin.problem.away.unknown">
   <source>没有登录：连不上中心服务，本机没有这个工号的登录记录|办件和待发都在本机，没有丢|请网络恢复后再试，或由在本机登录过的人登录</source>
   <translation>Not signed in: no line, and this account is not known here|Nothing is lost, all is kept here|Wait for the line, or let another clerk sign in</translation>
  </message>
  <message id="signin.problem.away.wrong_password">
   <source>没有登录：工号或密码不对（离线，由本机核对）|还可以再试 {left} 次，之后锁 15 分钟以上|请再输一次密码</source>
   <extracomment>keep: {left}</extracomment>
   <translation>Not signed in: account or password is wrong|{left} more tries, then a lock of 15 min or more|Type the password again</translation>
  </message>
  <message id="signin.problem.away.locked">
   <source>没有登录：密码错误次数过多|这个工号在本机锁定，还有 {minutes} 分；重启和改时间都不会解锁|请稍后再试，或由别的工号登录</source>
   <extracomment>keep: {minutes}</extracomment>
   <translation>Not signed in: too many wrong passwords|Locked here for {minutes} more min, also after a restart|Try later, or let another clerk sign in</translation>
  </message>
  <message id="signin.problem.away.too_long_ago">
   <source>没有登录：这个工号已有 7 天没有联网登录|离线登录只在 7 天内有效|请网络恢复后登录一次，或由别的工号登录</source>
   <translation>Not signed in: no online sign-in for 7 days|Signing in offline works for 7 days|Wait for the line, or let another clerk sign in</translation>
  </message>
  <message id="signin.problem.away.no_role">
   <source>没有登录：这个工号没有窗口受理岗位|离线也不能受理|请由有岗位的工号登录</source>
   <translation>Not signed in: this account has no counter role|That holds offline too|Let a clerk with the role sign in</translation>
  </message>
  <message id="signin.problem.store">
   <source>没有登录：本机存储出了问题|离线登录核对不了|请告诉管理员</source>
   <translation>Not signed in: storage trouble on this machine|The password cannot be checked offline|Tell the administrator</translation>
  </message>
  <message id="desk.toast.signin.offline">
   <source>已离线登录，还可用 {n} 天；联网后自动登录并送出</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Signed in offline, works {n} more days; signed in and sent when the line is back</translation>
  </message>
  <message id="desk.toast.signin.refused.wrong_password">
   <source>中心不认这个密码，请重新登录；受理的都在本机</source>
   <translation>The centre does not take this password: sign in again; cases are kept here</translation>
  </message>
  <message id="desk.toast.signin.refused.locked">
   <source>这个工号在中心被锁定，请换人登录；受理的都在本机</source>
   <translation>The account is locked at the centre: let another clerk sign in; cases are kept here</translation>
  </message>
  <message id="desk.toast.signin.refused.no_role">
   <source>这个工号已没有窗口受理岗位，请换人登录；受理的都在本机</source>
   <translation>The account has no counter role any more: let another clerk sign in; cases are kept here</translation>
  </message>
  <message id="desk.toast.signin.other">
   <source>中心没有接受登录，请重新登录；受理的都在本机</source>
   <translation>The centre did not take the sign-in: sign in again; cases are kept here</translation>
  </message>
  <message id="desk.case.local">
   <source>本机 {n}</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Local {n}</translation>
  </message>
  <message id="desk.result.was_local">
   <source>已换正式号，原 {n} 一直有效</source>
   <extracomment>keep: {n}</extracomment>
   <translation>final number; {n} stays valid</translation>
  </message>
  <message id="desk.toast.case.final_no">
   <source>本机 {local} 已换正式受理号 {number}</source>
   <extracomment>keep: {local} {number}</extracomment>
   <translation>Local {local} now has its case number {number}</translation>
  </message>
  <message id="desk.toast.net.back_sent">
   <source>网络已恢复，{n} 件已送出</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Back online, {n} sent</translation>
  </message>
  <message id="desk.toast.net.back_some">
   <source>网络已恢复，{n} 件已送出；{aside} 条中心没有收，见“待发”</source>
   <extracomment>keep: {n} {aside}</extracomment>
   <translation>Back online, {n} sent; {aside} not taken, see the outbox</translation>
  </message>
  <message id="outbox.note.safe">
   <source>断电不丢</source>
   <translation>Survives power loss</translation>
  </message>
  <message id="outbox.note.room">
   <source>可存 {n} 件</source>
   <extracomment>keep: {n}</extracomment>
   <translation>room for {n}</translation>
  </message>
  <message id="outbox.note.next">
   <source>下次重试 {s} 秒后</source>
   <extracomment>keep: {s}</extracomment>
   <translation>next try in {s} s</translation>
  </message>
  <message id="outbox.note.now">
   <source>正在重试</source>
   <translation>trying now</translation>
  </message>
  <message id="outbox.note.later">
   <source>联网后自动送出</source>
   <translation>sent when online</translation>
  </message>
  <message id="outbox.more">
   <source>还有 {n} 件没有列出，都会按顺序送出</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} more are not listed; all are sent in order</translation>
  </message>
  <message id="outbox.retry_one">
   <source>重试</source>
   <translation>Retry</translation>
  </message>
  <message id="outbox.do.other">
   <source>内容在本机，没有丢；先重试，仍不收请告诉管理员</source>
   <translation>Kept here. Retry; if it is refused again tell the administrator</translation>
  </message>
  <message id="outbox.do.not_your_window">
   <source>请由本窗登录的人重试；换过窗口的告诉管理员</source>
   <translation>Let a clerk of this window retry, or tell the administrator</translation>
  </message>
  <message id="outbox.do.no_such_item">
   <source>内容在本机，没有丢；请告诉管理员，由后台改办事项后重试</source>
   <translation>Kept here. Tell the administrator; retry once the item is back</translation>
  </message>
  <message id="outbox.do.case_no_taken">
   <source>内容在本机，没有丢；请告诉管理员核对号段</source>
   <translation>Kept here. Tell the administrator to check the numbers</translation>
  </message>
  <message id="outbox.do.not_leased">
   <source>内容在本机，没有丢；请告诉管理员核对号段，再重试</source>
   <translation>Kept here. Tell the administrator to check the numbers, then retry</translation>
  </message>
  <message id="outbox.do.role_missing">
   <source>请由有受理岗位的人登录后重试</source>
   <translation>Let a clerk with the counter role sign in and retry</translation>
  </message>
  <message id="outbox.do.page_damaged">
   <source>受理有效；请在件上补扫这一页</source>
   <translation>The case stands; this page must be scanned again</translation>
  </message>
  <message id="outbox.do.already_rated">
   <source>不用处理，中心已有评价</source>
   <translation>Nothing to do, the centre has a rating</translation>
  </message>
  <message id="desk.form.differs_late">
   <source>联网后查到：{v}；以填写的为准</source>
   <extracomment>keep: {v}</extracomment>
   <translation>found online: {v}; what was typed stands</translation>
  </message>
  <message id="desk.toast.lookup.late">
   <source>已联网核验，没填的已带入</source>
   <translation>Looked up online, empty fields were filled</translation>
  </message>
  <message id="desk.toast.lookup.late_differs">
   <source>已联网核验，{n} 项与填写的不同，请看表单</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Looked up online, {n} fields differ from what was typed: see the form</translation>
  </message>
  <message id="desk.toast.conflict.ticket">
   <source>断网期间 {number} 已由别的窗口办理；本窗接着办，送出后记为冲突</source>
   <extracomment>keep: {number}</extracomment>
   <translation>{number} was served at another window meanwhile; go on here, it is noted as a conflict</translation>
  </message>
  <message id="desk.toast.conflict.found">
   <source>{number} 与中心记录有 {n} 处不符，受理有效；见“未完事项”</source>
   <extracomment>keep: {number} {n}</extracomment>
   <translation>{number} differs from the centre's records in {n} points; the case stands, see open items</translation>
  </message>
  <message id="desk.toast.conflict.settled">
   <source>{n} 件冲突已核对</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} conflicts looked at</translation>
  </message>
  <message id="desk.open.conflict">
   <source>冲突</source>
   <translation>Conflict</translation>
  </message>
  <message id="desk.conflict.seen">
   <source>已核对</source>
   <translation>Looked at</translation>
  </message>
  <message id="desk.conflict.ticket">
   <source>号码断网期间也在 {theirs} 号窗办理</source>
   <extracomment>keep: {theirs}</extracomment>
   <translation>number also served at window {theirs}</translation>
  </message>
  <message id="desk.conflict.item">
   <source>事项已改版：受理时第 {ours} 版，现第 {theirs} 版</source>
   <extracomment>keep: {ours} {theirs}</extracomment>
   <translation>item version {ours} then, {theirs} now</translation>
  </message>
  <message id="desk.conflict.ecert">
   <source>{what}电子证照已过期（{theirs}）</source>
   <extracomment>keep: {what} {theirs}</extracomment>
   <translation>{what}: e-certificate expired {theirs}</translation>
  </message>
  <message id="desk.conflict.ecert_gone">
   <source>{what}电子证照已查不到</source>
   <extracomment>keep: {what}</extracomment>
   <translation>{what}: e-certificate not found</translation>
  </message>
  <message id="desk.conflict.deferral">
   <source>{what}不能容缺：{theirs}</source>
   <extracomment>keep: {what} {theirs}</extracomment>
   <translation>{what} may not be deferred: {theirs}</translation>
  </message>
  <message id="desk.conflict.field">
   <source>{what}：填 {ours}，库 {theirs}</source>
   <extracomment>keep: {what} {ours} {theirs}</extracomment>
   <translation>{what}: typed {ours}, shared data {theirs}</translation>
  </message>
  <message id="desk.conflict.other">
   <source>{what} 与中心记录不符</source>
   <extracomment>keep: {what}</extracomment>
   <translation>{what} differs from the centre's records</translation>
  </message>
  <message id="desk.conflict.why.credit_bad">
   <source>信用有失信记录</source>
   <translation>bad credit record</translation>
  </message>
  <message id="desk.conflict.why.credit_unknown">
   <source>查不到信用</source>
   <translation>credit not known</translation>
  </message>
  <message id="desk.conflict.why.not_deferrable">
   <source>不在容缺清单</source>
   <translation>not on the list</translation>
  </message>
  <message id="desk.conflict.why.on_the_spot">
   <source>即办件不能容缺</source>
   <translation>while-you-wait item</translation>
  </message>
  <message id="desk.conflict.why.other">
   <source>不符合规定</source>
   <translation>against the rules</translation>
  </message>
  <message id="signin.today.booked_first">
   <source>预约 {v} 人，首个 {t}</source>
   <extracomment>keep: {v} {t}</extracomment>
   <translation>{v} booked, first {t}</translation>
  </message>
 </context>
 <context>
  <name>pages</name>
  <message id="viewer.crop">
   <source>改选中页的页边</source>
   <translation>Change the page's edge</translation>
  </message>
  <message id="viewer.retake">
   <source>重拍选中的页</source>
   <translation>Retake the selected page</translation>
  </message>
  <message id="viewer.undo">
   <source>撤销</source>
   <translation>Undo</translation>
  </message>
  <message id="viewer.zoom_in">
   <source>放大</source>
   <translation>Enlarge</translation>
  </message>
  <message id="viewer.zoom_out">
   <source>缩小</source>
   <translation>Reduce</translation>
  </message>
  <message id="viewer.strip.drag">
   <source>拖动换序</source>
   <translation>drag: order</translation>
  </message>
  <message id="viewer.auto_feed">
   <source>自动进纸</source>
   <translation>Feed by itself</translation>
  </message>
  <message id="viewer.duplex">
   <source>双面</source>
   <translation>Both sides</translation>
  </message>
  <message id="viewer.size">
   <source>本件 {mb} / {limit} MB</source>
   <extracomment>keep: {mb} {limit}</extracomment>
   <translation>Case {mb} of {limit} MB</translation>
  </message>
  <message id="viewer.card.side">
   <source>放证件第 {n} 面</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Card, side {n}</translation>
  </message>
  <message id="viewer.retaking">
   <source>下一张替换第 {n} 页</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Next replaces page {n}</translation>
  </message>
  <message id="viewer.page.flawed">
   <source>第 {n} 页：{what}</source>
   <extracomment>keep: {n} {what}</extracomment>
   <translation>Page {n}: {what}</translation>
  </message>
  <message id="viewer.flag.separator">
   <source>分隔页</source>
   <translation>Separator</translation>
  </message>
  <message id="viewer.flag.turned">
   <source>已自动转正</source>
   <translation>Turned upright</translation>
  </message>
  <message id="viewer.zoom">
   <source>{n}%</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n}%</translation>
  </message>
  <message id="viewer.zoom.hint">
   <source>Enter 放大，← → 换页</source>
   <translation>Enter: larger, ← → page</translation>
  </message>
  <message id="viewer.crop.title">
   <source>拖四个角，或按 1–4 选角、方向键微移</source>
   <translation>Drag the corners, or 1–4 and arrows</translation>
  </message>
  <message id="viewer.crop.apply">
   <source>采用</source>
   <translation>Apply</translation>
  </message>
  <message id="viewer.crop.found">
   <source>还原</source>
   <translation>Reset</translation>
  </message>
  <message id="viewer.crop.cancel">
   <source>取消</source>
   <translation>Cancel</translation>
  </message>
  <message id="viewer.crop.waiting">
   <source>正在取原图</source>
   <translation>Fetching the original</translation>
  </message>
  <message id="viewer.move.hint">
   <source>按行号移入，0 未归类</source>
   <translation>Row number; 0: unsorted</translation>
  </message>
  <message id="desk.act.two_sides">
   <source>两面合一</source>
   <translation>Two sides</translation>
  </message>
  <message id="desk.act.card_side">
   <source>放第 {n} 面</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Side {n}</translation>
  </message>
  <message id="desk.row.flawed">
   <source>第 {n} 页{what}</source>
   <extracomment>keep: {n} {what}</extracomment>
   <translation>p{n} {what}</translation>
  </message>
  <message id="desk.row.flawed_more">
   <source>第 {n} 页{what}等 {m} 页</source>
   <extracomment>keep: {n} {what} {m}</extracomment>
   <translation>p{n} {what}, {m} pages</translation>
  </message>
  <message id="desk.row.flaw.blurred">
   <source>模糊</source>
   <translation>blurred</translation>
  </message>
  <message id="desk.row.flaw.dark">
   <source>太暗</source>
   <translation>dark</translation>
  </message>
  <message id="desk.row.flaw.glare">
   <source>反光</source>
   <translation>glare</translation>
  </message>
  <message id="desk.row.flaw.cut_off">
   <source>缺边</source>
   <translation>cut off</translation>
  </message>
  <message id="desk.row.flaw.blank">
   <source>疑似空白</source>
   <translation>blank?</translation>
  </message>
  <message id="desk.row.flaw.no_page">
   <source>未找到页边</source>
   <translation>no edge</translation>
  </message>
  <message id="desk.row.move_hint">
   <source>移到第几行？按行号，0 未归类，Esc 取消</source>
   <translation>Move to which row? Number, 0 unsorted, Esc</translation>
  </message>
  <message id="desk.row.separators">
   <source>分隔页 {n} 张，不随件提交</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} separator sheets, not filed</translation>
  </message>
  <message id="desk.row.unsorted_and">
   <source>{n} 页没有归到材料；分隔页 {m} 张</source>
   <extracomment>keep: {n} {m}</extracomment>
   <translation>{n} pages without a row; {m} separators</translation>
  </message>
  <message id="desk.keylist.undo">
   <source>撤销页面操作</source>
   <translation>Undo (pages)</translation>
  </message>
  <message id="desk.keylist.redo">
   <source>重做</source>
   <translation>Redo</translation>
  </message>
  <message id="desk.keylist.zoom_page">
   <source>放大选中页</source>
   <translation>Enlarge the page</translation>
  </message>
  <message id="desk.keylist.pages">
   <source>选页 / 换序</source>
   <translation>Choose / reorder page</translation>
  </message>
  <message id="desk.keylist.turn_page">
   <source>旋转</source>
   <translation>Turn</translation>
  </message>
  <message id="desk.keylist.crop_page">
   <source>改页边</source>
   <translation>Page edge</translation>
  </message>
  <message id="desk.keylist.retake_page">
   <source>重拍</source>
   <translation>Retake</translation>
  </message>
  <message id="desk.keylist.move_page">
   <source>移到另一行</source>
   <translation>Move to another row</translation>
  </message>
  <message id="desk.keylist.two_sides">
   <source>证件两面合一</source>
   <translation>Card, two sides</translation>
  </message>
  <message id="desk.toast.materials.undone_delete">
   <source>已撤销：删除</source>
   <translation>Undone: removal</translation>
  </message>
  <message id="desk.toast.materials.redone_delete">
   <source>已重做：删除</source>
   <translation>Done again: removal</translation>
  </message>
  <message id="desk.toast.materials.undone_move">
   <source>已撤销：移动</source>
   <translation>Undone: move</translation>
  </message>
  <message id="desk.toast.materials.redone_move">
   <source>已重做：移动</source>
   <translation>Done again: move</translation>
  </message>
  <message id="desk.toast.materials.undone_reorder">
   <source>已撤销：换序</source>
   <translation>Undone: new order</translation>
  </message>
  <message id="desk.toast.materials.redone_reorder">
   <source>已重做：换序</source>
   <translation>Done again: new order</translation>
  </message>
  <message id="desk.toast.materials.undone_turn">
   <source>已撤销：旋转</source>
   <translation>Undone: turn</translation>
  </message>
  <message id="desk.toast.materials.redone_turn">
   <source>已重做：旋转</source>
   <translation>Done again: turn</translation>
  </message>
  <message id="desk.toast.materials.undone_crop">
   <source>已撤销：改页边</source>
   <translation>Undone: page edge</translation>
  </message>
  <message id="desk.toast.materials.redone_crop">
   <source>已重做：改页边</source>
   <translation>Done again: page edge</translation>
  </message>
  <message id="desk.toast.materials.undone_retake">
   <source>已撤销：重拍</source>
   <translation>Undone: retake</translation>
  </message>
  <message id="desk.toast.materials.redone_retake">
   <source>已重做：重拍</source>
   <translation>Done again: retake</translation>
  </message>
  <message id="desk.toast.materials.undone_defer">
   <source>已撤销：容缺</source>
   <translation>Undone: deferral</translation>
  </message>
  <message id="desk.toast.materials.redone_defer">
   <source>已重做：容缺</source>
   <translation>Done again: deferral</translation>
  </message>
  <message id="desk.toast.materials.undone_not_needed">
   <source>已撤销：“不需要”</source>
   <translation>Undone: "not needed"</translation>
  </message>
  <message id="desk.toast.materials.redone_not_needed">
   <source>已重做：“不需要”</source>
   <translation>Done again: "not needed"</translation>
  </message>
  <message id="desk.toast.materials.undone_ecert">
   <source>已撤销：调电子证照</source>
   <translation>Undone: e-certificate</translation>
  </message>
  <message id="desk.toast.materials.redone_ecert">
   <source>已重做：调电子证照</source>
   <translation>Done again: e-certificate</translation>
  </message>
  <message id="desk.toast.materials.undone_sort">
   <source>已撤销：归类</source>
   <translation>Undone: sorting</translation>
  </message>
  <message id="desk.toast.materials.redone_sort">
   <source>已重做：归类</source>
   <translation>Done again: sorting</translation>
  </message>
  <message id="desk.toast.materials.undone_card">
   <source>已撤销：两面合一</source>
   <translation>Undone: two sides on one page</translation>
  </message>
  <message id="desk.toast.materials.redone_card">
   <source>已重做：两面合一</source>
   <translation>Done again: two sides on one page</translation>
  </message>
  <message id="desk.toast.materials.sorted">
   <source>按分隔页归到 {rows} 份材料</source>
   <extracomment>keep: {rows}</extracomment>
   <translation>Sorted into {rows} documents</translation>
  </message>
  <message id="desk.toast.materials.separator">
   <source>分隔页：接着拍“{name}”</source>
   <extracomment>keep: {name}</extracomment>
   <translation>Separator: {name} comes next</translation>
  </message>
  <message id="desk.toast.materials.separator_unknown">
   <source>分隔页写的材料本件不需要，后面的页放在未归类</source>
   <translation>This case has no such document: the pages are unsorted</translation>
  </message>
  <message id="desk.toast.materials.too_large">
   <source>本件页面超过 {mb} MB，后面的页会压得更小</source>
   <extracomment>keep: {mb}</extracomment>
   <translation>Pages exceed {mb} MB: the next ones are made smaller</translation>
  </message>
  <message id="desk.toast.card.not_found">
   <source>没有看到整张证件，这一面请再拍一次</source>
   <translation>No whole card seen, take this side again</translation>
  </message>
  <message id="desk.toast.card.done">
   <source>两面已合在一页，已加用途水印</source>
   <translation>Both sides on one page, marked with its purpose</translation>
  </message>
  <message id="desk.toast.card.other">
   <source>证件没有合成，请再拍一次</source>
   <translation>Card not put together, try again</translation>
  </message>
 </context>
 <context>
  <name>printing</name>
  <message id="desk.toast.notice.late_printed">
   <source>{number} 的通知书已打印</source>
   <extracomment>keep: {number}</extracomment>
   <translation>Notice of {number} printed</translation>
  </message>
  <message id="desk.toast.notice.late_failed">
   <source>{number} 的通知书没有打印，受理不受影响；请看 A4 打印机</source>
   <extracomment>keep: {number}</extracomment>
   <translation>Notice of {number} not printed, the case stands; look at the A4 printer</translation>
  </message>
  <message id="desk.keylist.print_notice">
   <source>打印 A4 通知书</source>
   <translation>Print the notice on A4</translation>
  </message>
  <message id="desk.fault.a4">
   <source>用 A4 打印机</source>
   <translation>Use the A4 printer</translation>
  </message>
  <message id="desk.result.notice">
   <source>A4 通知书</source>
   <translation>Notice on A4</translation>
  </message>
  <message id="desk.notice.none">
   <source>可以打印受理通知书</source>
   <translation>The acceptance notice can be printed</translation>
  </message>
  <message id="desk.notice.unknown">
   <source>不知道打出来没有，请看打印机</source>
   <translation>Look at the printer: is it there?</translation>
  </message>
  <message id="desk.notice.look">
   <source>出来了就不用再打；没有就补打</source>
   <translation>If it is not there, print a marked copy</translation>
  </message>
  <message id="desk.notice.yes">
   <source>出来了</source>
   <translation>It is there</translation>
  </message>
  <message id="desk.notice.no">
   <source>没出来，补打</source>
   <translation>No, print a copy</translation>
  </message>
  <message id="desk.device.document_printer">
   <source>A4 打印机</source>
   <translation>A4 printer</translation>
  </message>
  <message id="device.kind.document_printer">
   <source>A4 打印机</source>
   <translation>A4 printer</translation>
  </message>
  <message id="device.does.document_printer">
   <source>打印 A4 受理通知书</source>
   <translation>Prints the acceptance notice on A4</translation>
  </message>
  <message id="device.note.document_printer">
   <source>受理和回执不受影响，通知书稍后再打</source>
   <translation>The case and the receipt are safe, print the notice later</translation>
  </message>
  <message id="device.note.document_printer.paper_near_end">
   <source>照常打印，纸盒里不多了</source>
   <translation>It still prints, little paper is left</translation>
  </message>
  <message id="device.test.document_printer">
   <source>打测试页</source>
   <translation>Print a test page</translation>
  </message>
  <message id="check.document_printer.ok">
   <source>有纸，可以打印</source>
   <translation>paper in, ready</translation>
  </message>
  <message id="check.so.document_printer">
   <source>可照常受理，通知书稍后再打</source>
   <translation>print notices later</translation>
  </message>
  <message id="desk.code.toner_out">
   <source>没有墨粉</source>
   <translation>out of toner</translation>
  </message>
  <message id="device.code.toner_out">
   <source>没有墨粉</source>
   <translation>out of toner</translation>
  </message>
  <message id="desk.code.job_lost">
   <source>任务不见了</source>
   <translation>job lost</translation>
  </message>
  <message id="device.code.job_lost">
   <source>打印任务不见了</source>
   <translation>print job lost</translation>
  </message>
  <message id="desk.code.no_access">
   <source>没有使用权限</source>
   <translation>no permission</translation>
  </message>
  <message id="device.code.no_access">
   <source>没有使用权限</source>
   <translation>no permission</translation>
  </message>
  <message id="device.note.printer.no_access">
   <source>受理不受影响；回执等管理员开通后补打</source>
   <translation>Work goes on; print when the administrator has given access</translation>
  </message>
  <message id="desk.printer.jam">
   <source>打印机卡纸</source>
   <translation>paper jam</translation>
  </message>
  <message id="desk.printer.toner_out">
   <source>打印机没有墨粉</source>
   <translation>out of toner</translation>
  </message>
  <message id="desk.printer.job_lost">
   <source>打印任务不见了</source>
   <translation>print job lost</translation>
  </message>
  <message id="desk.printer.no_access">
   <source>没有使用打印机的权限</source>
   <translation>no permission to print</translation>
  </message>
  <message id="desk.printer.unsupported">
   <source>打印机设置有误</source>
   <translation>printer set up wrongly</translation>
  </message>
  <message id="desk.printer.refused">
   <source>打印机拒绝了</source>
   <translation>printer refused</translation>
  </message>
  <message id="desk.printer.garbled">
   <source>打印机的回答有误</source>
   <translation>printer answers garbled</translation>
  </message>
  <message id="desk.printer.busy">
   <source>打印机正忙</source>
   <translation>printer busy</translation>
  </message>
  <message id="desk.fault.do.jam">
   <source>取出卡住的纸后按 F12 打印。</source>
   <translation>Take the jammed paper out, then F12.</translation>
  </message>
  <message id="desk.fault.do.toner_out">
   <source>换好墨粉后按 F12 打印。</source>
   <translation>Change the toner, then F12.</translation>
  </message>
  <message id="desk.fault.do.no_access">
   <source>请告诉管理员，回执稍后补打。</source>
   <translation>Tell the administrator, print later.</translation>
  </message>
  <message id="desk.fault.do.unsupported">
   <source>请告诉管理员，回执稍后补打。</source>
   <translation>Tell the administrator, print later.</translation>
  </message>
  <message id="device.steps.printer.no_access">
   <source>照常受理，回执稍后补打|请管理员把本机用户加入打印组</source>
   <translation>Work on, print receipts later|The administrator adds this account to the printers' group</translation>
  </message>
  <message id="device.steps.printer.unsupported">
   <source>照常受理，回执稍后补打|请管理员核对打印机型号和地址</source>
   <translation>Work on, print receipts later|The administrator checks the printer's profile and address</translation>
  </message>
  <message id="device.steps.document_printer.paper_out">
   <source>拉出纸盒|放入 A4 纸，理齐|推回纸盒</source>
   <translation>Pull the tray out|Put A4 paper in, straight|Push the tray back</translation>
  </message>
  <message id="device.steps.document_printer.jam">
   <source>打开后盖或前盖|顺着走纸方向慢慢取出|合上盖子，自动继续</source>
   <translation>Open the back or the front|Draw the paper out slowly, the way it runs|Close it, printing goes on</translation>
  </message>
  <message id="device.steps.document_printer.cover_open">
   <source>看哪个盖子没合上|用力合盖</source>
   <translation>Find the open cover|Press it shut</translation>
  </message>
  <message id="device.steps.document_printer.toner_out">
   <source>打开前盖|换上新墨粉盒|合盖</source>
   <translation>Open the front|Put the new cartridge in|Close it</translation>
  </message>
  <message id="device.steps.document_printer.printer_offline">
   <source>看打印机的屏幕是否暂停|按“继续”或“联机”|仍不行：关电源 5 秒再开</source>
   <translation>Look whether it is paused|Press resume or online|Else: power off for 5 s</translation>
  </message>
  <message id="device.steps.document_printer.printer_error">
   <source>看打印机屏幕上的提示|关电源 5 秒再开</source>
   <translation>Read the printer's display|Power off for 5 s</translation>
  </message>
  <message id="device.steps.document_printer.busy">
   <source>等前面的打完|再按打印</source>
   <translation>Wait for the jobs before|Print again</translation>
  </message>
  <message id="device.steps.document_printer.certificate">
   <source>请管理员核对打印机是否换过|确认无误，在设置里给它写 verify = false</source>
   <translation>The administrator checks the printer|If it is the hall's: verify = false in the settings</translation>
  </message>
  <message id="device.steps.document_printer.job_lost">
   <source>看出纸口有没有这一页|没有就再打一次</source>
   <translation>Look for the page in the tray|Print again if it is not there</translation>
  </message>
 </context>
 <context>
  <name>rack</name>
  <message id="desk.device.voice">
   <source>音箱</source>
   <translation>Speaker</translation>
  </message>
  <message id="desk.device.camera.portrait">
   <source>人像镜头</source>
   <translation>Portrait camera</translation>
  </message>
  <message id="desk.code.occupied.by">
   <source>被其他程序占用（{program}）</source>
   <extracomment>keep: {program}</extracomment>
   <translation>in use by {program}</translation>
  </message>
  <message id="desk.code.occupied.self">
   <source>被本程序的另一台设备占用</source>
   <translation>in use by another device here</translation>
  </message>
  <message id="device.kind.voice">
   <source>叫号音箱</source>
   <translation>Loudspeaker</translation>
  </message>
  <message id="device.kind.camera.portrait">
   <source>人像镜头</source>
   <translation>Portrait camera</translation>
  </message>
  <message id="device.spare">
   <source>备用</source>
   <translation>spare</translation>
  </message>
  <message id="device.prefer">
   <source>改用这台</source>
   <translation>Use this one</translation>
  </message>
  <message id="device.prefer.hint">
   <source>备用：正在用的那台连不上时自动换到这台</source>
   <translation>Stands by and takes over when the other one goes</translation>
  </message>
  <message id="device.fact.holder">
   <source>占用的程序：{n}</source>
   <extracomment>keep: {n}</extracomment>
   <translation>held by {n}</translation>
  </message>
  <message id="device.fact.holder.self">
   <source>本程序的另一台设备占用着这个口</source>
   <translation>another device of this program has the port</translation>
  </message>
  <message id="device.does.voice">
   <source>叫号时念号码和窗口</source>
   <translation>Speaks the number and the window</translation>
  </message>
  <message id="device.note.voice">
   <source>叫号照常显示在屏上，请同时喊号</source>
   <translation>Calls are shown as ever, call aloud too</translation>
  </message>
  <message id="device.test.codes">
   <source>试扫一个码</source>
   <translation>Try a code</translation>
  </message>
  <message id="device.test.hint.codes">
   <source>不进入本次办理，内容不显示</source>
   <translation>Not taken into the visit, nothing is shown</translation>
  </message>
  <message id="device.tried.test.codes.running">
   <source>请在 20 秒内扫一个码</source>
   <translation>Scan a code within 20 s</translation>
  </message>
  <message id="device.tried.test.codes">
   <source>{t} 扫到一个码</source>
   <extracomment>keep: {t}</extracomment>
   <translation>{t} a code was scanned</translation>
  </message>
  <message id="device.tried.failed.codes">
   <source>{t} 没有扫到：{why}</source>
   <extracomment>keep: {t} {why}</extracomment>
   <translation>{t} nothing scanned: {why}</translation>
  </message>
  <message id="device.test.voice">
   <source>念一个测试号</source>
   <translation>Speak a test call</translation>
  </message>
  <message id="device.test.hint.voice">
   <source>念“A017 号到 3 号窗口”，事先告诉大厅</source>
   <translation>It calls A017 to window 3: tell the hall before</translation>
  </message>
  <message id="device.tried.test.voice.running">
   <source>正在念</source>
   <translation>Speaking</translation>
  </message>
  <message id="device.tried.test.voice">
   <source>{t} 念完了，没听到就调大音量</source>
   <extracomment>keep: {t}</extracomment>
   <translation>{t} spoken; if unheard, turn it up</translation>
  </message>
  <message id="device.tried.failed.voice">
   <source>{t} 没有念出：{why}</source>
   <extracomment>keep: {t} {why}</extracomment>
   <translation>{t} not spoken: {why}</translation>
  </message>
  <message id="device.test.hint.document_printer">
   <source>测试页上写着 TEST，可以丢弃</source>
   <translation>The page says TEST, throw it away</translation>
  </message>
  <message id="device.tried.test.document_printer.running">
   <source>正在打测试页</source>
   <translation>Printing the test page</translation>
  </message>
  <message id="device.tried.test.document_printer">
   <source>{t} 测试页已送出，请看有没有出来</source>
   <extracomment>keep: {t}</extracomment>
   <translation>{t} sent, look whether the page came out</translation>
  </message>
  <message id="device.tried.failed.document_printer">
   <source>{t} 测试页没有打出：{why}</source>
   <extracomment>keep: {t} {why}</extracomment>
   <translation>{t} no test page: {why}</translation>
  </message>
  <message id="device.steps.no_access">
   <source>先用别的办法照常受理|请管理员给本机用户开通这台设备</source>
   <translation>Work goes on in another way|The administrator gives this account the device</translation>
  </message>
  <message id="desk.id.typed.social_card">
   <source>社保卡读出，请人工核对证件原件</source>
   <translation>From a social security card: compare with the original</translation>
  </message>
  <message id="desk.done.typed.social_card">
   <source>社保卡 {t}</source>
   <extracomment>keep: {t}</extracomment>
   <translation>social security card {t}</translation>
  </message>
  <message id="desk.toast.smart_card.card_locked">
   <source>这张社保卡要密钥才能读，请出示身份证</source>
   <translation>This card wants a key, ask for the ID card</translation>
  </message>
  <message id="desk.toast.smart_card.card_unknown">
   <source>不认识这张卡，请出示身份证</source>
   <translation>Unknown card, ask for the ID card</translation>
  </message>
  <message id="desk.toast.smart_card.no_name">
   <source>卡里没有姓名和号码，请出示身份证</source>
   <translation>The card gives no name and number, ask for the ID card</translation>
  </message>
  <message id="desk.toast.smart_card.not_read">
   <source>社保卡没有读到，可以再插一次，或用身份证</source>
   <translation>Card not read: put it in again, or use the ID card</translation>
  </message>
  <message id="desk.code.no_code">
   <source>没有扫到</source>
   <translation>nothing scanned</translation>
  </message>
  <message id="device.steps.codes.no_code">
   <source>对准码，近一点再扫|还不行：手工输入</source>
   <translation>Aim at the code and scan again, nearer|Else type it</translation>
  </message>
  <message id="check.so.voice">
   <source>可照常受理，叫号以屏为准</source>
   <translation>the screens still call</translation>
  </message>
  <message id="device.steps.document_printer.paper_near_end">
   <source>还能打几张|把 A4 纸放在手边</source>
   <translation>A few pages are left|Have A4 paper at hand</translation>
  </message>
  <message id="device.prefer.hint.printer">
   <source>备用：回执不会自己换到这台，按“改用这台”才换</source>
   <translation>Stands by; receipts move here only by your word</translation>
  </message>
  <message id="device.prefer.hint.document_printer">
   <source>备用：打印任务不会自己换到这台，按“改用这台”才换</source>
   <translation>Stands by; print jobs move here only by your word</translation>
  </message>
 </context>
 <context>
  <name>scanning</name>
  <message id="desk.toast.scanner.certificate">
   <source>扫描仪的证书和登记的不一样，已扫 {n} 页都在；用高拍仪拍，并告诉管理员</source>
   <extracomment>keep: {n}</extracomment>
   <translation>The scanner's certificate is not the known one; {n} pages are kept, use the camera, tell the administrator</translation>
  </message>
  <message id="desk.toast.scanner.no_access">
   <source>没有使用扫描仪的权限，已扫 {n} 页都在；用高拍仪拍，并告诉管理员</source>
   <extracomment>keep: {n}</extracomment>
   <translation>No right to use the scanner; {n} pages are kept, use the camera, tell the administrator</translation>
  </message>
  <message id="desk.code.certificate">
   <source>证书不符</source>
   <translation>wrong certificate</translation>
  </message>
  <message id="device.code.certificate">
   <source>证书不符</source>
   <translation>wrong certificate</translation>
  </message>
  <message id="device.note.scanner.certificate">
   <source>改用高拍仪，照常受理；没有向它发送任何内容</source>
   <translation>Use the camera, work goes on; nothing was sent to it</translation>
  </message>
  <message id="device.steps.scanner.certificate">
   <source>照常受理，改用高拍仪拍摄|请管理员核对扫描仪是否换过，再把新指纹写进设置</source>
   <translation>Use the camera, work goes on|The administrator checks the scanner, then sets the new fingerprint</translation>
  </message>
  <message id="device.steps.scanner.no_access">
   <source>照常受理，改用高拍仪拍摄|请管理员把本机用户加入扫描组</source>
   <translation>Use the camera, work goes on|The administrator adds the user to the scanner group</translation>
  </message>
  <message id="desk.toast.scanner.garbled">
   <source>有一页坏了，没有收下；已扫 {n} 页都在，请再扫那一页</source>
   <extracomment>keep: {n}</extracomment>
   <translation>A page came damaged and was not taken; {n} pages are kept, scan that one again</translation>
  </message>
  <message id="desk.toast.scanner.put_aside">
   <source>程序重启前那次办理有文件没收完，已移到扫描文件夹的 aside 里；本次已扫 {n} 页</source>
   <extracomment>keep: {n}</extracomment>
   <translation>A file of the visit before the restart was not finished, it is in the folder aside; {n} pages scanned</translation>
  </message>
  <message id="desk.toast.scanner.maybe_twice">
   <source>扫描文件夹记不住收过什么，重启前收过的页可能又来一遍，请核对；已扫 {n} 页</source>
   <extracomment>keep: {n}</extracomment>
   <translation>The folder cannot remember what was taken, pages from before the restart may be here twice, check them; {n} pages scanned</translation>
  </message>
  <message id="desk.code.put_aside">
   <source>有文件没收完</source>
   <translation>a file was not finished</translation>
  </message>
  <message id="device.code.put_aside">
   <source>有文件没收完</source>
   <translation>a file was not finished</translation>
  </message>
  <message id="device.note.scanner.put_aside">
   <source>没收完的文件在 aside 里，照常受理</source>
   <translation>The file is in the folder aside, work goes on</translation>
  </message>
  <message id="device.steps.scanner.put_aside">
   <source>照常受理，继续扫描|需要那些页时，从文件夹 aside 里取</source>
   <translation>Go on scanning|Take the pages from the folder aside if they are needed</translation>
  </message>
  <message id="desk.code.maybe_twice">
   <source>页可能重复</source>
   <translation>pages may be twice</translation>
  </message>
  <message id="device.code.maybe_twice">
   <source>页可能重复</source>
   <translation>pages may be twice</translation>
  </message>
  <message id="device.note.scanner.maybe_twice">
   <source>核对这次扫的页，重复的删掉</source>
   <translation>Check the pages of this scan and delete what is there twice</translation>
  </message>
  <message id="device.steps.scanner.maybe_twice">
   <source>核对这次扫的页，重复的删掉|请管理员让本机用户可以写扫描文件夹</source>
   <translation>Check the pages, delete what is there twice|The administrator lets this user write into the folder</translation>
  </message>
 </context>
 <context>
  <name>second_screen</name>
  <message id="access.minutes_seconds">
   <source>{m} 分 {s} 秒</source>
   <extracomment>keep: {m} {s}</extracomment>
   <translation>{m} min {s} s</translation>
  </message>
  <message id="access.comma">
   <source>，</source>
   <translation>, </translation>
  </message>
  <message id="access.applicant">
   <source>对客屏</source>
   <translation>Applicant's screen</translation>
  </message>
  <message id="desk.centre.name">
   <source>办理</source>
   <translation>The visit</translation>
  </message>
  <message id="desk.keylist.turn_screen">
   <source>转屏给申请人</source>
   <translation>turn the screen</translation>
  </message>
  <message id="desk.keylist.help_given">
   <source>已去帮助申请人</source>
   <translation>help was given</translation>
  </message>
  <message id="desk.second.turn">
   <source>没有对客屏：按 Alt+T 把本屏转给申请人</source>
   <translation>No second screen: Alt+T turns this one to the applicant</translation>
  </message>
  <message id="desk.second.turn_button">
   <source>转给申请人</source>
   <translation>Turn the screen</translation>
  </message>
  <message id="desk.second.turn_rate">
   <source>按 Alt+T 把本屏转给申请人，可评可不评</source>
   <translation>Alt+T turns this screen to the applicant; rating is optional</translation>
  </message>
  <message id="desk.help.head">
   <source>申请人需要帮助</source>
   <translation>The applicant asks for help</translation>
  </message>
  <message id="desk.help.line">
   <source>{t} 在对客屏上按的，已记入日志</source>
   <extracomment>keep: {t}</extracomment>
   <translation>pressed at {t} on the second screen, logged</translation>
  </message>
  <message id="desk.help.given">
   <source>知道了</source>
   <translation>Seen to</translation>
  </message>
  <message id="device.fact.speech.yes">
   <source>可朗读</source>
   <translation>reads aloud</translation>
  </message>
  <message id="device.fact.speech.no">
   <source>不能朗读：没有语音引擎</source>
   <translation>cannot read aloud: no speech engine</translation>
  </message>
  <message id="device.fact.way.turn">
   <source>用本屏，按 Alt+T 转</source>
   <translation>this screen, turned by Alt+T</translation>
  </message>
 </context>
 <context>
  <name>signin</name>
  <message id="signin.product">
   <source>综合窗口</source>
   <translation>One Window</translation>
  </message>
  <message id="signin.greeting.morning">
   <source>早上好，请登录</source>
   <translation>Good morning</translation>
  </message>
  <message id="signin.greeting.noon">
   <source>中午好，请登录</source>
   <translation>Good day</translation>
  </message>
  <message id="signin.greeting.afternoon">
   <source>下午好，请登录</source>
   <translation>Good afternoon</translation>
  </message>
  <message id="signin.greeting.evening">
   <source>晚上好，请登录</source>
   <translation>Good evening</translation>
  </message>
  <message id="signin.account">
   <source>工号</source>
   <translation>Account</translation>
  </message>
  <message id="signin.password">
   <source>密码</source>
   <translation>Password</translation>
  </message>
  <message id="signin.window">
   <source>窗口</source>
   <translation>Window</translation>
  </message>
  <message id="signin.window_option">
   <source>{n} 号 · {title}</source>
   <extracomment>keep: {n} {title}</extracomment>
   <translation>{n} · {title}</translation>
  </message>
  <message id="signin.window_plain">
   <source>{n} 号窗口</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Window {n}</translation>
  </message>
  <message id="signin.start">
   <source>登录并开始</source>
   <translation>Sign in and start</translation>
  </message>
  <message id="signin.waiting">
   <source>正在登录</source>
   <translation>Signing in</translation>
  </message>
  <message id="signin.version">
   <source>版本 {v}</source>
   <extracomment>keep: {v}</extracomment>
   <translation>Version {v}</translation>
  </message>
  <message id="signin.profile.demo">
   <source>演示环境，账号已填好</source>
   <translation>Demo: the account is filled in</translation>
  </message>
  <message id="signin.profile.training">
   <source>培训环境，办件无效</source>
   <translation>Training: cases are not valid</translation>
  </message>
  <message id="signin.problem.bad_password">
   <source>工号或密码不对</source>
   <translation>Account or password is wrong</translation>
  </message>
  <message id="signin.problem.wrong_password">
   <source>工号或密码不对</source>
   <translation>Account or password is wrong</translation>
  </message>
  <message id="signin.problem.locked">
   <source>密码错误次数过多，请过一会儿再试</source>
   <translation>Too many attempts, try again later</translation>
  </message>
  <message id="signin.problem.locked_minutes">
   <source>密码错误次数过多，{minutes} 分后再试</source>
   <extracomment>keep: {minutes}</extracomment>
   <translation>Too many attempts, try again in {minutes} min</translation>
  </message>
  <message id="signin.problem.unavailable">
   <source>连不上中心服务，请检查网络后再试</source>
   <translation>The central service cannot be reached</translation>
  </message>
  <message id="signin.problem.no_role">
   <source>这个工号没有窗口受理岗位</source>
   <translation>This account has no counter role</translation>
  </message>
  <message id="signin.problem.role_missing">
   <source>这个工号没有窗口受理岗位</source>
   <translation>This account has no counter role</translation>
  </message>
  <message id="signin.problem.not_this_window">
   <source>这个工号不在本窗口</source>
   <translation>This account is not for this window</translation>
  </message>
  <message id="signin.problem.not_your_window">
   <source>这个工号不在本窗口</source>
   <translation>This account is not for this window</translation>
  </message>
  <message id="signin.problem.no_such_window">
   <source>没有这个窗口</source>
   <translation>There is no such window</translation>
  </message>
  <message id="signin.problem.no_keyring">
   <source>本机密钥库不可用，请告诉管理员</source>
   <translation>The keyring does not work, tell the administrator</translation>
  </message>
  <message id="signin.problem.missing">
   <source>请输入工号和密码</source>
   <translation>Type account and password</translation>
  </message>
  <message id="signin.problem.wrong_profile">
   <source>中心服务不是这种用途的（正式、培训或演示），请告诉管理员</source>
   <translation>The central service is for another use (production, training or demo), tell the administrator</translation>
  </message>
  <message id="signin.problem.other">
   <source>没有登录成功，请再试</source>
   <translation>Not signed in, try again</translation>
  </message>
  <message id="signin.check">
   <source>设备检查</source>
   <translation>Device check</translation>
  </message>
  <message id="signin.again">
   <source>重新检查</source>
   <translation>Check again</translation>
  </message>
  <message id="signin.retry">
   <source>重试</source>
   <translation>Retry</translation>
  </message>
  <message id="signin.checking">
   <source>正在检查</source>
   <translation>Checking</translation>
  </message>
  <message id="signin.all_fine">
   <source>{a} 项正常，可以开始受理</source>
   <extracomment>keep: {a}</extracomment>
   <translation>{a} fine, work can start</translation>
  </message>
  <message id="signin.some_notes">
   <source>{a} 项正常，{b} 项注意，不影响受理</source>
   <extracomment>keep: {a} {b}</extracomment>
   <translation>{a} fine, {b} to note, work can start</translation>
  </message>
  <message id="signin.some_bad">
   <source>{a} 项正常，{b} 项不可用</source>
   <extracomment>keep: {a} {b}</extracomment>
   <translation>{a} fine, {b} not usable</translation>
  </message>
  <message id="signin.done">
   <source>{t} 自动完成，用时 {s} 秒</source>
   <extracomment>keep: {t} {s}</extracomment>
   <translation>{t} done by itself in {s} s</translation>
  </message>
  <message id="signin.level.ok">
   <source>正常</source>
   <translation>Fine</translation>
  </message>
  <message id="signin.level.warn">
   <source>注意</source>
   <translation>Note</translation>
  </message>
  <message id="signin.level.bad">
   <source>不可用</source>
   <translation>Not usable</translation>
  </message>
  <message id="signin.moment">
   <source>{month}{day}日 {t}</source>
   <extracomment>keep: {month} {day} {t}</extracomment>
   <translation>{day} {month} {t}</translation>
  </message>
  <message id="signin.month.1">
   <source>1月</source>
   <translation>Jan</translation>
  </message>
  <message id="signin.month.2">
   <source>2月</source>
   <translation>Feb</translation>
  </message>
  <message id="signin.month.3">
   <source>3月</source>
   <translation>Mar</translation>
  </message>
  <message id="signin.month.4">
   <source>4月</source>
   <translation>Apr</translation>
  </message>
  <message id="signin.month.5">
   <source>5月</source>
   <translation>May</translation>
  </message>
  <message id="signin.month.6">
   <source>6月</source>
   <translation>Jun</translation>
  </message>
  <message id="signin.month.7">
   <source>7月</source>
   <translation>Jul</translation>
  </message>
  <message id="signin.month.8">
   <source>8月</source>
   <translation>Aug</translation>
  </message>
  <message id="signin.month.9">
   <source>9月</source>
   <translation>Sep</translation>
  </message>
  <message id="signin.month.10">
   <source>10月</source>
   <translation>Oct</translation>
  </message>
  <message id="signin.month.11">
   <source>11月</source>
   <translation>Nov</translation>
  </message>
  <message id="signin.month.12">
   <source>12月</source>
   <translation>Dec</translation>
  </message>
  <message id="signin.today">
   <source>今天</source>
   <translation>Today</translation>
  </message>
  <message id="signin.today.booked">
   <source>预约 {v} 人</source>
   <extracomment>keep: {v}</extracomment>
   <translation>{v} booked</translation>
  </message>
  <message id="signin.today.corrections">
   <source>补正到件 {v}</source>
   <extracomment>keep: {v}</extracomment>
   <translation>{v} corrections</translation>
  </message>
  <message id="signin.today.deferred_due">
   <source>容缺今日到期 {v}</source>
   <extracomment>keep: {v}</extracomment>
   <translation>{v} deferrals due</translation>
  </message>
  <message id="signin.today.item_updates">
   <source>事项更新 {v}</source>
   <extracomment>keep: {v}</extracomment>
   <translation>{v} service updates</translation>
  </message>
  <message id="signin.today.other">
   <source>其他 {v}</source>
   <extracomment>keep: {v}</extracomment>
   <translation>Other {v}</translation>
  </message>
  <message id="signin.footer">
   <source>申请人资料只在办理时显示，办完即从本机屏幕清除</source>
   <translation>Applicant data is shown only while serving, then cleared</translation>
  </message>
  <message id="check.id_card.ok">
   <source>安全模块自检通过</source>
   <translation>security module fine</translation>
  </message>
  <message id="check.scanner.ok">
   <source>进纸器就绪</source>
   <translation>feeder ready</translation>
  </message>
  <message id="check.camera.ok">
   <source>镜头画面正常</source>
   <translation>picture fine</translation>
  </message>
  <message id="check.printer.ok">
   <source>有纸，切刀正常</source>
   <translation>paper and cutter fine</translation>
  </message>
  <message id="check.display.ok">
   <source>显示正常</source>
   <translation>display fine</translation>
  </message>
  <message id="check.codes.ok">
   <source>已连接</source>
   <translation>connected</translation>
  </message>
  <message id="check.smart_card.ok">
   <source>已连接</source>
   <translation>connected</translation>
  </message>
  <message id="check.rating.ok">
   <source>已连接</source>
   <translation>connected</translation>
  </message>
  <message id="check.applicant.ok">
   <source>已连接</source>
   <translation>connected</translation>
  </message>
  <message id="check.applicant.turns">
   <source>签名时把本屏转给申请人</source>
   <translation>this screen is turned for signing</translation>
  </message>
  <message id="check.applicant.absent">
   <source>没有找到，签名时把本屏转给申请人</source>
   <translation>not found, turn this screen for signing</translation>
  </message>
  <message id="check.answered">
   <source>{said}，应答 {ms} 毫秒</source>
   <extracomment>keep: {said} {ms}</extracomment>
   <translation>{said}, answers in {ms} ms</translation>
  </message>
  <message id="check.network.checking">
   <source>正在连接中心服务</source>
   <translation>asking the central service</translation>
  </message>
  <message id="check.network.network_ok">
   <source>{ms} 毫秒，时钟相差 {offset} 秒</source>
   <extracomment>keep: {ms} {offset}</extracomment>
   <translation>{ms} ms, clock differs {offset} s</translation>
  </message>
  <message id="check.network.clock_off">
   <source>时钟相差 {offset} 秒，请校准本机时间</source>
   <extracomment>keep: {offset}</extracomment>
   <translation>clock differs {offset} s, set this machine's time</translation>
  </message>
  <message id="check.network.network_away">
   <source>没有连上，可照常受理，恢复后自动送出</source>
   <translation>not reached, work goes on, sent later</translation>
  </message>
  <message id="check.outbox.outbox_empty">
   <source>已全部送达，无遗留</source>
   <translation>all delivered</translation>
  </message>
  <message id="check.outbox.outbox_waiting">
   <source>{n} 件等待送出，联网后自动送</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} wait, sent when online</translation>
  </message>
  <message id="check.outbox.outbox_set_aside">
   <source>{aside} 件中心没有收，登录后在“待发”处理</source>
   <extracomment>keep: {aside}</extracomment>
   <translation>{aside} set aside, see the outbox</translation>
  </message>
  <message id="check.catalogue.catalogue_ok">
   <source>{at} 版 {version}</source>
   <extracomment>keep: {at} {version}</extracomment>
   <translation>version {version} of {at}</translation>
  </message>
  <message id="check.catalogue.catalogue_none">
   <source>还没有下载，联网后自动取</source>
   <translation>not yet loaded, comes when online</translation>
  </message>
  <message id="check.warn">
   <source>{what}，{so}</source>
   <extracomment>keep: {what} {so}</extracomment>
   <translation>{what}, {so}</translation>
  </message>
  <message id="check.so.id_card">
   <source>可照常受理，改用手工录入</source>
   <translation>type identities in</translation>
  </message>
  <message id="check.so.scanner">
   <source>可照常受理，改用高拍仪</source>
   <translation>use the camera</translation>
  </message>
  <message id="check.so.camera">
   <source>可照常受理，改用扫描仪</source>
   <translation>use the scanner</translation>
  </message>
  <message id="check.so.printer">
   <source>可照常受理，回执稍后补打</source>
   <translation>print receipts later</translation>
  </message>
  <message id="check.so.display">
   <source>可照常受理，叫号以大厅屏为准</source>
   <translation>the hall board still calls</translation>
  </message>
  <message id="check.so.codes">
   <source>可照常受理，改用高拍仪扫码</source>
   <translation>scan with the camera</translation>
  </message>
  <message id="check.so.other">
   <source>可照常受理</source>
   <translation>work goes on</translation>
  </message>
 </context>
 <context>
  <name>singular</name>
  <message id="desk.done.promise.one">
   <source>承诺 {n} 个工作日</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Promised: {n} working day</translation>
  </message>
  <message id="desk.done.visits.one">
   <source>跑 {n} 次</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} visit</translation>
  </message>
  <message id="desk.item.chip.one">
   <source>需 {n} 份材料</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} document needed</translation>
  </message>
  <message id="desk.row.ready.one">
   <source>已扫 {n} 页</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} page scanned</translation>
  </message>
 </context>
 <context>
  <name>training</name>
  <message id="training.band">
   <source>培训环境 · 办件无效</source>
   <translation>TRAINING · nothing done here is valid</translation>
  </message>
  <message id="desk.training.head">
   <source>练习</source>
   <translation>Exercises</translation>
  </message>
  <message id="desk.training.progress">
   <source>做完 {n} / {m} 个</source>
   <extracomment>keep: {n} {m}</extracomment>
   <translation>{n} of {m} done</translation>
  </message>
  <message id="desk.training.goals">
   <source>{n} / {m} 步</source>
   <extracomment>keep: {n} {m}</extracomment>
   <translation>{n} of {m} steps</translation>
  </message>
  <message id="desk.training.start">
   <source>开始</source>
   <translation>Start</translation>
  </message>
  <message id="desk.training.again">
   <source>再做一遍</source>
   <translation>Once more</translation>
  </message>
  <message id="desk.training.stop">
   <source>放下</source>
   <translation>Put away</translation>
  </message>
  <message id="desk.training.done">
   <source>已做完</source>
   <translation>Done</translation>
  </message>
  <message id="desk.training.now">
   <source>正在做</source>
   <translation>Now</translation>
  </message>
  <message id="desk.toast.training.begun">
   <source>练习“{zh}”开始了：按 F2 叫号</source>
   <extracomment>keep: {zh}</extracomment>
   <translation>The exercise “{en}” has begun: press F2 to call</translation>
  </message>
  <message id="desk.toast.training.done">
   <source>练习“{zh}”做完了</source>
   <extracomment>keep: {zh}</extracomment>
   <translation>The exercise “{en}” is done</translation>
  </message>
  <message id="desk.toast.training.step">
   <source>练习“{zh}”又做到一步</source>
   <extracomment>keep: {zh}</extracomment>
   <translation>One more step of “{en}” is done</translation>
  </message>
  <message id="desk.training.goal.called">
   <source>叫到号</source>
   <translation>call the number</translation>
  </message>
  <message id="desk.training.goal.card_read">
   <source>读到身份证</source>
   <translation>read the card</translation>
  </message>
  <message id="desk.training.goal.organisation">
   <source>换成单位</source>
   <translation>switch to the organisation</translation>
  </message>
  <message id="desk.training.goal.expired_seen">
   <source>看出证件过期</source>
   <translation>see that the card has expired</translation>
  </message>
  <message id="desk.training.goal.ecert_used">
   <source>用电子证照</source>
   <translation>use an e-certificate</translation>
  </message>
  <message id="desk.training.goal.deferred">
   <source>标出后补的材料</source>
   <translation>mark the paper that comes later</translation>
  </message>
  <message id="desk.training.goal.signed">
   <source>请申请人核对签名</source>
   <translation>let the applicant check and sign</translation>
  </message>
  <message id="desk.training.goal.accepted">
   <source>受理</source>
   <translation>accept</translation>
  </message>
  <message id="desk.training.goal.accepted_offline">
   <source>断网时受理</source>
   <translation>accept without the line</translation>
  </message>
  <message id="desk.training.goal.delivered">
   <source>网络恢复后送达</source>
   <translation>delivered when the line is back</translation>
  </message>
  <message id="desk.training.goal.paper_seen">
   <source>看到没纸的提示</source>
   <translation>see that the paper is out</translation>
  </message>
  <message id="desk.training.goal.printed">
   <source>打出回执</source>
   <translation>print the receipt</translation>
  </message>
  <message id="desk.training.goal.held">
   <source>暂存</source>
   <translation>set aside</translation>
  </message>
  <message id="desk.training.goal.resumed">
   <source>恢复接着办</source>
   <translation>resume</translation>
  </message>
  <message id="desk.training.goal.unfiled">
   <source>不办理，结束</source>
   <translation>end without filing</translation>
  </message>
  <message id="desk.training.goal.idle">
   <source>办完，请下一位</source>
   <translation>finish, ready for the next</translation>
  </message>
 </context>
 <context>
  <name>viewer</name>
  <message id="viewer.tab.camera">
   <source>高拍仪</source>
   <translation>Camera</translation>
  </message>
  <message id="viewer.tab.pages">
   <source>扫描件</source>
   <translation>Pages</translation>
  </message>
  <message id="viewer.tab.ecerts">
   <source>电子证照</source>
   <translation>e-Certificates</translation>
  </message>
  <message id="viewer.tab.outbox">
   <source>待发 {n}</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Outbox {n}</translation>
  </message>
  <message id="viewer.tab.device">
   <source>设备</source>
   <translation>Devices</translation>
  </message>
  <message id="viewer.name">
   <source>右侧：纸面与设备</source>
   <translation>Paper and devices</translation>
  </message>
  <message id="viewer.target">
   <source>拍入</source>
   <translation>Into</translation>
  </message>
  <message id="viewer.target.none">
   <source>先选一份材料</source>
   <translation>Choose a document</translation>
  </message>
  <message id="viewer.capture">
   <source>拍摄</source>
   <translation>Capture</translation>
  </message>
  <message id="viewer.capturing">
   <source>正在拍</source>
   <translation>Capturing</translation>
  </message>
  <message id="viewer.turn">
   <source>旋转选中的页</source>
   <translation>Turn the selected page</translation>
  </message>
  <message id="viewer.delete">
   <source>删除选中的页</source>
   <translation>Remove the selected page</translation>
  </message>
  <message id="viewer.auto">
   <source>自动拍</source>
   <translation>Auto</translation>
  </message>
  <message id="viewer.strip.pages">
   <source>本材料 {n} 页</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} pages here</translation>
  </message>
  <message id="viewer.strip.zoom">
   <source>双击放大</source>
   <translation>double-click: large</translation>
  </message>
  <message id="viewer.strip.unsorted">
   <source>未归类 {n} 页</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} unsorted</translation>
  </message>
  <message id="viewer.page">
   <source>第 {n} 页</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Page {n}</translation>
  </message>
  <message id="viewer.page.next">
   <source>下一页放这里</source>
   <translation>Next page goes here</translation>
  </message>
  <message id="viewer.cleared">
   <source>上一位的页面已从本机清除</source>
   <translation>Earlier pages cleared</translation>
  </message>
  <message id="viewer.no_pages">
   <source>尚无页面</source>
   <translation>No pages yet</translation>
  </message>
  <message id="viewer.no_pages.hint">
   <source>拍摄或扫描后在这里看大图</source>
   <translation>Captured pages appear here</translation>
  </message>
  <message id="viewer.ready">
   <source>镜头就绪</source>
   <translation>Camera ready</translation>
  </message>
  <message id="viewer.ready.hint">
   <source>把材料平放在托板上</source>
   <translation>Lay the paper flat on the mat</translation>
  </message>
  <message id="viewer.searching">
   <source>正在找页边</source>
   <translation>Looking for the page</translation>
  </message>
  <message id="viewer.searching.hint">
   <source>把材料平放在托板上</source>
   <translation>Lay the paper flat on the mat</translation>
  </message>
  <message id="viewer.connecting">
   <source>正在连接高拍仪</source>
   <translation>Connecting the camera</translation>
  </message>
  <message id="viewer.connecting.hint">
   <source>稍等片刻</source>
   <translation>One moment</translation>
  </message>
  <message id="viewer.no_camera">
   <source>高拍仪没有连上</source>
   <translation>Camera not connected</translation>
  </message>
  <message id="viewer.no_camera.hint">
   <source>可用扫描仪 F11，照常受理</source>
   <translation>Use the scanner, F11</translation>
  </message>
  <message id="viewer.live">
   <source>实时</source>
   <translation>Live</translation>
  </message>
  <message id="viewer.frozen">
   <source>已拍</source>
   <translation>Captured</translation>
  </message>
  <message id="viewer.edge_found">
   <source>页边已找到</source>
   <translation>Page edge found</translation>
  </message>
  <message id="viewer.sharp">
   <source>清晰</source>
   <translation>Sharp</translation>
  </message>
  <message id="viewer.moving">
   <source>请放稳</source>
   <translation>Hold still</translation>
  </message>
  <message id="viewer.dark">
   <source>太暗，请开补光灯</source>
   <translation>Too dark, switch the light on</translation>
  </message>
  <message id="viewer.blurred">
   <source>模糊，请压平再拍</source>
   <translation>Blurred, flatten and retake</translation>
  </message>
  <message id="viewer.flag.blurred">
   <source>模糊</source>
   <translation>Blurred</translation>
  </message>
  <message id="viewer.flag.dark">
   <source>太暗</source>
   <translation>Dark</translation>
  </message>
  <message id="viewer.flag.glare">
   <source>反光</source>
   <translation>Glare</translation>
  </message>
  <message id="viewer.flag.cut_off">
   <source>缺边</source>
   <translation>Cut off</translation>
  </message>
  <message id="viewer.flag.blank">
   <source>空白页</source>
   <translation>Blank</translation>
  </message>
  <message id="viewer.flag.no_page">
   <source>没有找到页边</source>
   <translation>No edge found</translation>
  </message>
  <message id="receipt.name">
   <source>受理回执</source>
   <translation>Receipt</translation>
  </message>
  <message id="receipt.waiting">
   <source>等待打印</source>
   <translation>Waiting to print</translation>
  </message>
  <message id="receipt.printing">
   <source>正在打印</source>
   <translation>Printing</translation>
  </message>
  <message id="receipt.confirmed">
   <source>已打印</source>
   <translation>Printed</translation>
  </message>
  <message id="receipt.sent">
   <source>已送打印机</source>
   <translation>Sent to the printer</translation>
  </message>
  <message id="receipt.unknown">
   <source>请看回执是否完整</source>
   <translation>Check that it came out</translation>
  </message>
  <message id="receipt.not_printed">
   <source>没有打印</source>
   <translation>Not printed</translation>
  </message>
  <message id="receipt.print">
   <source>打印</source>
   <translation>Print</translation>
  </message>
  <message id="receipt.reprint">
   <source>补打</source>
   <translation>Reprint</translation>
  </message>
  <message id="ecert.use">
   <source>复用</source>
   <translation>Use</translation>
  </message>
  <message id="ecert.used">
   <source>已复用</source>
   <translation>Used</translation>
  </message>
  <message id="ecert.valid_to">
   <source>有效至 {d}</source>
   <extracomment>keep: {d}</extracomment>
   <translation>valid to {d}</translation>
  </message>
  <message id="ecert.hint">
   <source>代替纸质原件，页面由证照库保管</source>
   <translation>Stands for the paper original</translation>
  </message>
  <message id="ecert.none">
   <source>没有可复用的电子证照</source>
   <translation>No e-certificate to use</translation>
  </message>
  <message id="ecert.none.hint">
   <source>读身份证、选事项后自动查询证照库</source>
   <translation>Asked after identity and service</translation>
  </message>
  <message id="ecert.offline">
   <source>断网期间暂缓</source>
   <translation>Waits for the network</translation>
  </message>
  <message id="outbox.head">
   <source>{n} 件共 {size}，已加密存本机</source>
   <extracomment>keep: {n} {size}</extracomment>
   <translation>{n} items, {size}, encrypted here</translation>
  </message>
  <message id="outbox.empty">
   <source>没有待发的内容</source>
   <translation>Nothing waits</translation>
  </message>
  <message id="outbox.empty.note">
   <source>全部已送达</source>
   <translation>All delivered</translation>
  </message>
  <message id="outbox.waiting">
   <source>等网络，已存本机</source>
   <translation>Waiting for network, saved</translation>
  </message>
  <message id="outbox.sending">
   <source>正在送出</source>
   <translation>Sending</translation>
  </message>
  <message id="outbox.tried">
   <source>已试 {n} 次，稍后再送</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Tried {n} times, again soon</translation>
  </message>
  <message id="outbox.set_aside">
   <source>中心没有收：{why}</source>
   <extracomment>keep: {why}</extracomment>
   <translation>Not taken: {why}</translation>
  </message>
  <message id="outbox.set_aside.n">
   <source>{n} 件搁置，需要处理</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} set aside</translation>
  </message>
  <message id="outbox.waiting.n">
   <source>{n} 件等待送出</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} waiting</translation>
  </message>
  <message id="outbox.kind.case">
   <source>受理件</source>
   <translation>Case</translation>
  </message>
  <message id="outbox.kind.page">
   <source>材料页</source>
   <translation>Page</translation>
  </message>
  <message id="outbox.kind.visit">
   <source>办理记录</source>
   <translation>Visit record</translation>
  </message>
  <message id="outbox.kind.rating">
   <source>评价（内容不显示）</source>
   <translation>Rating (not shown)</translation>
  </message>
  <message id="outbox.kind.signature">
   <source>签名</source>
   <translation>Signature</translation>
  </message>
  <message id="outbox.kind.other">
   <source>记录</source>
   <translation>Record</translation>
  </message>
  <message id="outbox.reason.idempotency_mismatch">
   <source>同一编号已有不同内容</source>
   <translation>same id, other content</translation>
  </message>
  <message id="outbox.reason.case_differs">
   <source>中心已有不同内容的同一件</source>
   <translation>the centre has another content</translation>
  </message>
  <message id="outbox.reason.case_no_taken">
   <source>受理号已被占用</source>
   <translation>case number taken</translation>
  </message>
  <message id="outbox.reason.signature_differs">
   <source>签名与所签内容不符</source>
   <translation>signature is not of this document</translation>
  </message>
  <message id="outbox.reason.bad_case_no">
   <source>受理号不合规则</source>
   <translation>case number not valid</translation>
  </message>
  <message id="outbox.reason.bad_message">
   <source>内容不完整</source>
   <translation>content incomplete</translation>
  </message>
  <message id="outbox.reason.bad_digest">
   <source>页面校验不符</source>
   <translation>page digest differs</translation>
  </message>
  <message id="outbox.reason.bad_time">
   <source>时间不合规则</source>
   <translation>time not valid</translation>
  </message>
  <message id="outbox.reason.case_id_differs">
   <source>件标识不一致</source>
   <translation>case id differs</translation>
  </message>
  <message id="outbox.reason.not_signed_in">
   <source>登录已过期，请重新登录</source>
   <translation>signed out, sign in again</translation>
  </message>
  <message id="outbox.reason.role_missing">
   <source>岗位没有这项权限</source>
   <translation>role missing</translation>
  </message>
  <message id="outbox.reason.not_your_window">
   <source>不属于本窗口</source>
   <translation>another window's</translation>
  </message>
  <message id="outbox.reason.no_such_item">
   <source>事项已停用</source>
   <translation>service no longer offered</translation>
  </message>
  <message id="outbox.reason.no_such_case">
   <source>中心没有这一件</source>
   <translation>case not known</translation>
  </message>
  <message id="outbox.reason.already_rated">
   <source>已经评价过</source>
   <translation>already rated</translation>
  </message>
  <message id="outbox.reason.detail_missing">
   <source>评价缺少原因</source>
   <translation>reason missing</translation>
  </message>
  <message id="outbox.reason.other">
   <source>请联系管理员</source>
   <translation>ask an administrator</translation>
  </message>
  <message id="outbox.offline">
   <source>断网期间</source>
   <translation>While offline</translation>
  </message>
  <message id="outbox.can">
   <source>可以</source>
   <translation>Works</translation>
  </message>
  <message id="outbox.later">
   <source>暂缓</source>
   <translation>Later</translation>
  </message>
  <message id="outbox.can.1">
   <source>读证、填表、拍照、签名、打印回执</source>
   <translation>Card, form, capture, signature, receipt</translation>
  </message>
  <message id="outbox.can.2">
   <source>输入号码叫号（F7）</source>
   <translation>Calling typed numbers (F7)</translation>
  </message>
  <message id="outbox.later.1">
   <source>共享库核验、电子证照、短信</source>
   <translation>Shared data, e-certificates, messages</translation>
  </message>
  <message id="outbox.later.2">
   <source>网上预约带入、取件查询</source>
   <translation>Bookings, results to collect</translation>
  </message>
  <message id="outbox.retry">
   <source>立即重试</source>
   <translation>Retry now</translation>
  </message>
  <message id="device.kind.applicant_screen">
   <source>对客屏</source>
   <translation>Applicant's screen</translation>
  </message>
  <message id="device.kind.id_card">
   <source>身份证读卡器</source>
   <translation>ID card reader</translation>
  </message>
  <message id="device.kind.scanner">
   <source>扫描仪</source>
   <translation>Scanner</translation>
  </message>
  <message id="device.kind.camera">
   <source>高拍仪</source>
   <translation>Camera</translation>
  </message>
  <message id="device.kind.printer">
   <source>回执打印机</source>
   <translation>Receipt printer</translation>
  </message>
  <message id="device.kind.display">
   <source>窗口屏</source>
   <translation>Window display</translation>
  </message>
  <message id="device.kind.codes">
   <source>扫码枪</source>
   <translation>Code scanner</translation>
  </message>
  <message id="device.kind.smart_card">
   <source>社保卡读卡器</source>
   <translation>Smart card reader</translation>
  </message>
  <message id="device.kind.rating">
   <source>评价器</source>
   <translation>Rating device</translation>
  </message>
  <message id="device.kind.network">
   <source>网络与平台</source>
   <translation>Network</translation>
  </message>
  <message id="device.kind.outbox">
   <source>待发</source>
   <translation>Outbox</translation>
  </message>
  <message id="device.kind.catalogue">
   <source>事项库</source>
   <translation>Catalogue</translation>
  </message>
  <message id="device.kind.applicant">
   <source>对客屏</source>
   <translation>Applicant screen</translation>
  </message>
  <message id="device.kind.other">
   <source>设备</source>
   <translation>Device</translation>
  </message>
  <message id="device.state.ready">
   <source>正常</source>
   <translation>Normal</translation>
  </message>
  <message id="device.state.busy">
   <source>使用中</source>
   <translation>In use</translation>
  </message>
  <message id="device.state.connecting">
   <source>正在连接</source>
   <translation>Connecting</translation>
  </message>
  <message id="device.state.offline">
   <source>没有连上</source>
   <translation>Not connected</translation>
  </message>
  <message id="device.state.fault">
   <source>需要处理</source>
   <translation>Needs action</translation>
  </message>
  <message id="device.state.disabled">
   <source>未启用</source>
   <translation>Off</translation>
  </message>
  <message id="device.emulated">
   <source>模拟</source>
   <translation>emulated</translation>
  </message>
  <message id="device.code.absent">
   <source>没有找到</source>
   <translation>not found</translation>
  </message>
  <message id="device.code.timeout">
   <source>没有回应</source>
   <translation>no answer</translation>
  </message>
  <message id="device.code.garbled">
   <source>回应有误</source>
   <translation>garbled</translation>
  </message>
  <message id="device.code.cancelled">
   <source>已停止</source>
   <translation>stopped</translation>
  </message>
  <message id="device.code.occupied">
   <source>被其他程序占用</source>
   <translation>in use elsewhere</translation>
  </message>
  <message id="device.code.unsupported">
   <source>不支持</source>
   <translation>not supported</translation>
  </message>
  <message id="device.code.refused">
   <source>拒绝了请求</source>
   <translation>refused</translation>
  </message>
  <message id="device.code.no_card">
   <source>没有读到证</source>
   <translation>no card read</translation>
  </message>
  <message id="device.code.card_moved">
   <source>证移动了</source>
   <translation>card moved</translation>
  </message>
  <message id="device.code.card_not_genuine">
   <source>证件芯片未通过</source>
   <translation>chip not genuine</translation>
  </message>
  <message id="device.code.card_unknown">
   <source>不认识的证件</source>
   <translation>unknown card</translation>
  </message>
  <message id="device.code.sam_self_test">
   <source>安全模块自检未过</source>
   <translation>security module failed</translation>
  </message>
  <message id="device.code.sam_not_authorised">
   <source>安全模块未授权</source>
   <translation>security module not authorised</translation>
  </message>
  <message id="device.code.no_documents">
   <source>没有放纸</source>
   <translation>no paper fed</translation>
  </message>
  <message id="device.code.jam">
   <source>卡纸</source>
   <translation>paper jam</translation>
  </message>
  <message id="device.code.cover_open">
   <source>盖没合上</source>
   <translation>cover open</translation>
  </message>
  <message id="device.code.busy">
   <source>正忙</source>
   <translation>busy</translation>
  </message>
  <message id="device.code.paper_out">
   <source>缺纸</source>
   <translation>out of paper</translation>
  </message>
  <message id="device.code.paper_near_end">
   <source>纸快用完</source>
   <translation>paper low</translation>
  </message>
  <message id="device.code.cutter">
   <source>切刀卡住</source>
   <translation>cutter stuck</translation>
  </message>
  <message id="device.code.printer_offline">
   <source>脱机</source>
   <translation>offline</translation>
  </message>
  <message id="device.code.printer_error">
   <source>故障</source>
   <translation>error</translation>
  </message>
  <message id="device.code.no_frames">
   <source>没有画面</source>
   <translation>no picture</translation>
  </message>
  <message id="device.note.printer.paper_out">
   <source>热敏 80 mm · 受理不受影响，装纸后补打</source>
   <translation>Thermal 80 mm · work goes on, print later</translation>
  </message>
  <message id="device.note.printer">
   <source>受理不受影响，回执可以稍后补打</source>
   <translation>Work goes on, print later</translation>
  </message>
  <message id="device.note.id_card">
   <source>可以手工录入证件，照常受理</source>
   <translation>Type the identity in, work goes on</translation>
  </message>
  <message id="device.note.scanner">
   <source>改用高拍仪拍摄，照常受理</source>
   <translation>Use the camera, work goes on</translation>
  </message>
  <message id="device.note.camera">
   <source>改用扫描仪，照常受理</source>
   <translation>Use the scanner, work goes on</translation>
  </message>
  <message id="device.note.display">
   <source>大厅屏照常叫号，请同时喊号</source>
   <translation>The hall board still calls, call aloud too</translation>
  </message>
  <message id="device.note.codes">
   <source>改用高拍仪扫码或手工输入</source>
   <translation>Use the camera or type the code</translation>
  </message>
  <message id="device.note.other">
   <source>不影响受理</source>
   <translation>Work goes on</translation>
  </message>
  <message id="device.steps.printer.paper_out">
   <source>按绿色扳手开盖|纸卷放入，光面朝外|拉出 5 厘米，合盖</source>
   <translation>Open by the green lever|Drop the roll in, shiny side out|Pull 5 cm out, close</translation>
  </message>
  <message id="device.steps.printer.cover_open">
   <source>把纸理平|用力合盖，听到“咔”一声</source>
   <translation>Straighten the paper|Press the cover until it clicks</translation>
  </message>
  <message id="device.steps.printer.cutter">
   <source>关闭电源再打开|仍卡住：开盖取出碎纸|合盖，自动恢复</source>
   <translation>Switch off and on|Still stuck: remove paper pieces|Close, it recovers</translation>
  </message>
  <message id="device.steps.printer.paper_near_end">
   <source>这一卷还能打几张|把备用纸放在手边</source>
   <translation>A few receipts are left|Have a roll at hand</translation>
  </message>
  <message id="device.steps.printer.printer_offline">
   <source>看打印机的联机灯|按一下“联机”键|仍不亮：关电源 5 秒再开</source>
   <translation>Look at the online lamp|Press the online key|Else switch off for 5 s</translation>
  </message>
  <message id="device.steps.printer.printer_error">
   <source>关闭电源 5 秒再打开|看盖子和纸是否放好</source>
   <translation>Switch off for 5 s|Check cover and paper</translation>
  </message>
  <message id="device.steps.scanner.jam">
   <source>打开进纸盖|顺着纸的方向取出卡住的页|理齐未扫的页，再按 F11</source>
   <translation>Open the feeder|Pull the page along its way|Straighten the rest, press F11</translation>
  </message>
  <message id="device.steps.scanner.cover_open">
   <source>合上进纸盖|再按 F11</source>
   <translation>Close the feeder|Press F11</translation>
  </message>
  <message id="device.steps.scanner.no_documents">
   <source>把材料正面朝下放入进纸口|再按 F11</source>
   <translation>Lay the pages face down|Press F11</translation>
  </message>
  <message id="device.steps.scanner.busy">
   <source>等这一份扫完|一分钟后仍忙：关电源再开</source>
   <translation>Wait for the present scan|Still busy after a minute: switch off and on</translation>
  </message>
  <message id="device.steps.id_card.no_card">
   <source>把身份证平放在读卡区|再按 F9</source>
   <translation>Lay the card flat|Press F9</translation>
  </message>
  <message id="device.steps.id_card.card_moved">
   <source>放好后不要移动|再按 F9</source>
   <translation>Leave it where it lies|Press F9</translation>
  </message>
  <message id="device.steps.id_card.card_not_genuine">
   <source>核对证件和本人|请示班长后再办理</source>
   <translation>Compare card and person|Ask the supervisor</translation>
  </message>
  <message id="device.steps.id_card.card_unknown">
   <source>换用有效证件|或者手工录入</source>
   <translation>Use another document|Or type in</translation>
  </message>
  <message id="device.steps.id_card.sam_self_test">
   <source>拔下读卡器，10 秒后再插|仍不行：手工录入，告诉管理员</source>
   <translation>Unplug for 10 s|Else type in, tell the administrator</translation>
  </message>
  <message id="device.steps.id_card.sam_not_authorised">
   <source>手工录入照常受理|请管理员联系厂家授权</source>
   <translation>Type in, work goes on|The administrator asks the maker</translation>
  </message>
  <message id="device.steps.camera.no_frames">
   <source>看镜头灯是否亮|拔下连线，5 秒后再插</source>
   <translation>Look at the lens light|Unplug for 5 s</translation>
  </message>
  <message id="device.steps.absent">
   <source>看电源灯是否亮|把连线拔下再插紧|接好后自动恢复，不用重启</source>
   <translation>Look at the power lamp|Unplug and plug firmly|It comes back by itself</translation>
  </message>
  <message id="device.steps.occupied">
   <source>关闭占用它的程序|关闭后自动恢复</source>
   <translation>Close the other program|It comes back by itself</translation>
  </message>
  <message id="device.steps.timeout">
   <source>看电源灯是否亮|关电源 5 秒再开</source>
   <translation>Look at the power lamp|Switch off for 5 s</translation>
  </message>
  <message id="device.steps.garbled">
   <source>把连线拔下再插紧|仍不行：换一个接口</source>
   <translation>Plug the cable firmly|Else use another port</translation>
  </message>
  <message id="device.steps.unsupported">
   <source>请管理员核对设备型号和设置</source>
   <translation>The administrator checks model and settings</translation>
  </message>
  <message id="device.steps.refused">
   <source>再试一次|仍不行：关电源 5 秒再开</source>
   <translation>Try once more|Else switch off for 5 s</translation>
  </message>
  <message id="device.steps.cancelled">
   <source>再按一次对应的键</source>
   <translation>Press the key again</translation>
  </message>
  <message id="device.steps.other">
   <source>关电源 5 秒再开|仍不行：告诉管理员</source>
   <translation>Switch off for 5 s|Else tell the administrator</translation>
  </message>
  <message id="device.all">
   <source>全部设备</source>
   <translation>All devices</translation>
  </message>
  <message id="device.others">
   <source>其他设备</source>
   <translation>Other devices</translation>
  </message>
  <message id="device.fine">
   <source>设备都正常</source>
   <translation>All devices are fine</translation>
  </message>
  <message id="device.fine.note">
   <source>有设备需要处理时，这里显示步骤</source>
   <translation>Steps appear here when one needs care</translation>
  </message>
  <message id="device.waiting_prints">
   <source>等待打印 {n}</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Waiting to print {n}</translation>
  </message>
  <message id="device.waiting_receipt">
   <source>回执 · {no}</source>
   <extracomment>keep: {no}</extracomment>
   <translation>Receipt · {no}</translation>
  </message>
  <message id="device.waiting_note">
   <source>装好纸按 F12 打印，不会重复，也不会丢。</source>
   <translation>Load paper, press F12: nothing twice, nothing lost.</translation>
  </message>
  <message id="device.waiting_note.other">
   <source>处理好后按 F12 打印，不会重复，也不会丢。</source>
   <translation>When fixed, press F12: nothing twice, nothing lost.</translation>
  </message>
 </context>
 <context>
  <name>voice</name>
  <message id="check.voice.ok">
   <source>可以念中文和英文</source>
   <translation>speaks Chinese and English</translation>
  </message>
  <message id="desk.code.no_voice">
   <source>有的语言念不出</source>
   <translation>a language cannot be spoken</translation>
  </message>
  <message id="desk.code.no_sound">
   <source>没有声音</source>
   <translation>no sound</translation>
  </message>
  <message id="device.code.no_voice">
   <source>有的语言念不出</source>
   <translation>a language cannot be spoken</translation>
  </message>
  <message id="device.code.no_sound">
   <source>没有声音</source>
   <translation>no sound</translation>
  </message>
  <message id="device.steps.voice.no_voice">
   <source>叫号照常显示在屏上|请管理员补录语音，或安装语音引擎</source>
   <translation>Calls are still shown|Ask for recorded clips or an engine</translation>
  </message>
  <message id="device.steps.voice.no_sound">
   <source>看音箱电源和音量|拔下音频线，5 秒后再插|叫号照常显示，可当面叫人</source>
   <translation>Look at power and volume|Unplug the audio for 5 s|Calls are still shown on screens</translation>
  </message>
  <message id="device.fact.zh.clips">
   <source>中文录音</source>
   <translation>Chinese recorded</translation>
  </message>
  <message id="device.fact.zh.engine">
   <source>中文合成</source>
   <translation>Chinese by engine</translation>
  </message>
  <message id="device.fact.en.clips">
   <source>英文录音</source>
   <translation>English recorded</translation>
  </message>
  <message id="device.fact.en.engine">
   <source>英文合成</source>
   <translation>English by engine</translation>
  </message>
  <message id="device.fact.missing_clips">
   <source>缺 {n} 段录音</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} clips missing</translation>
  </message>
 </context>
 <context>
  <name>widgets</name>
  <message id="stamp.card">
   <source>证</source>
   <translation>C</translation>
  </message>
  <message id="stamp.card.name">
   <source>身份证</source>
   <translation>Card</translation>
  </message>
  <message id="stamp.shared">
   <source>库</source>
   <translation>S</translation>
  </message>
  <message id="stamp.shared.name">
   <source>共享库</source>
   <translation>Shared data</translation>
  </message>
  <message id="stamp.earlier">
   <source>旧</source>
   <translation>E</translation>
  </message>
  <message id="stamp.earlier.name">
   <source>往次办件</source>
   <translation>Earlier case</translation>
  </message>
  <message id="stamp.typed">
   <source>填</source>
   <translation>T</translation>
  </message>
  <message id="stamp.typed.name">
   <source>窗口填写</source>
   <translation>Typed here</translation>
  </message>
  <message id="stamp.answer">
   <source>填</source>
   <translation>T</translation>
  </message>
  <message id="stamp.answer.name">
   <source>情形问答所选</source>
   <translation>From the questions</translation>
  </message>
  <message id="stamp.default">
   <source>填</source>
   <translation>T</translation>
  </message>
  <message id="stamp.default.name">
   <source>表单预设</source>
   <translation>Preset</translation>
  </message>
  <message id="stamp.identity">
   <source>填</source>
   <translation>T</translation>
  </message>
  <message id="stamp.identity.name">
   <source>身份步骤录入</source>
   <translation>Typed in step 1</translation>
  </message>
  <message id="stamp.online_later">
   <source>待</source>
   <translation>…</translation>
  </message>
  <message id="stamp.online_later.name">
   <source>联网后核验</source>
   <translation>Checked when online</translation>
  </message>
 </context>
 <context>
  <name>window_deeds</name>
  <message id="desk.transfer">
   <source>转窗</source>
   <translation>Transfer</translation>
  </message>
  <message id="desk.hold">
   <source>挂起</source>
   <translation>Hold</translation>
  </message>
  <message id="desk.resume">
   <source>恢复</source>
   <translation>Resume</translation>
  </message>
  <message id="desk.pause">
   <source>暂停服务</source>
   <translation>Pause</translation>
  </message>
  <message id="desk.unpause">
   <source>恢复服务</source>
   <translation>Open again</translation>
  </message>
  <message id="desk.lock">
   <source>锁屏</source>
   <translation>Lock</translation>
  </message>
  <message id="desk.add_item">
   <source>再加一项</source>
   <translation>Add service</translation>
  </message>
  <message id="desk.toast.several.begun">
   <source>再办一项；前一项已存好，这项办完接着办</source>
   <translation>Another service; the first one is saved and comes next</translation>
  </message>
  <message id="desk.toast.several.back">
   <source>接着办前一项</source>
   <translation>Back to the first service</translation>
  </message>
  <message id="desk.toast.several.nobody">
   <source>先读证或录入身份，再加一项</source>
   <translation>Identify the applicant first, then add a service</translation>
  </message>
  <message id="desk.keylist.transfer">
   <source>转到别的窗口</source>
   <translation>Transfer to a window</translation>
  </message>
  <message id="desk.keylist.hold">
   <source>挂起 / 恢复</source>
   <translation>Hold / resume</translation>
  </message>
  <message id="desk.keylist.pause">
   <source>暂停 / 恢复服务</source>
   <translation>Pause / open the window</translation>
  </message>
  <message id="desk.keylist.open_items">
   <source>打开未完事项</source>
   <translation>Open an open item</translation>
  </message>
  <message id="desk.strip.close">
   <source>取消</source>
   <translation>Cancel</translation>
  </message>
  <message id="desk.strip.pick">
   <source>按数字直接选，或 ↑ ↓ 选、Enter 定</source>
   <translation>press a number, or ↑ ↓ and Enter</translation>
  </message>
  <message id="desk.strip.transfer">
   <source>把 {number} 转到哪个窗口</source>
   <extracomment>keep: {number}</extracomment>
   <translation>Transfer {number} to which window</translation>
  </message>
  <message id="desk.strip.transfer.hint">
   <source>数字或 ↑ ↓ 选窗口，Enter 转走</source>
   <translation>number or ↑ ↓ to choose, Enter to send</translation>
  </message>
  <message id="desk.strip.transfer.note">
   <source>给那个窗口的话（选填）</source>
   <translation>Note for that window (optional)</translation>
  </message>
  <message id="desk.strip.transfer.go">
   <source>转到 {n} 号窗口</source>
   <extracomment>keep: {n}</extracomment>
   <translation>Send to window {n}</translation>
  </message>
  <message id="desk.strip.transfer.asking">
   <source>正在问各窗口的等候人数</source>
   <translation>Asking how many wait at each window</translation>
  </message>
  <message id="desk.strip.transfer.sending">
   <source>正在转</source>
   <translation>Sending</translation>
  </message>
  <message id="desk.strip.transfer.none">
   <source>现在没有别的窗口开着</source>
   <translation>No other window is open now</translation>
  </message>
  <message id="desk.strip.transfer.loses">
   <source>号码带着已等的时间走；这里填的和扫的不随号转，要留着请改用挂起（F6）</source>
   <translation>The number keeps its waiting time. What was filled in and scanned here does not go along; to keep it, hold instead (F6)</translation>
  </message>
  <message id="desk.strip.transfer.away.what">
   <source>现在转不了：排队服务没有连上</source>
   <translation>No transfer now: the queue cannot be reached</translation>
  </message>
  <message id="desk.strip.transfer.away.means">
   <source>号码还在本窗，已填的内容都在</source>
   <translation>The number stays here and nothing is lost</translation>
  </message>
  <message id="desk.strip.transfer.away.do">
   <source>可接着办，或按 F6 挂起；请申请人到导办台登记转窗</source>
   <translation>Go on, or hold with F6; the reception desk can send the applicant on</translation>
  </message>
  <message id="desk.strip.transfer.local.what">
   <source>现在转不了：这个号排队服务还不知道</source>
   <translation>No transfer: the queue does not know this number yet</translation>
  </message>
  <message id="desk.strip.transfer.local.means">
   <source>是本窗自己开始的，已填的内容都在</source>
   <translation>It was begun at this window; nothing is lost</translation>
  </message>
  <message id="desk.strip.transfer.local.do">
   <source>可接着办，或按 F6 挂起；请申请人到导办台另取一个号</source>
   <translation>Go on, or hold with F6; the applicant can take a number at the reception desk</translation>
  </message>
  <message id="desk.strip.window">
   <source>{n} 号</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n}</translation>
  </message>
  <message id="desk.strip.window.waiting">
   <source>等候 {n} 人</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} waiting</translation>
  </message>
  <message id="desk.strip.window.paused">
   <source>暂停中</source>
   <translation>paused</translation>
  </message>
  <message id="desk.strip.window.paused_back">
   <source>暂停，{t} 恢复</source>
   <extracomment>keep: {t}</extracomment>
   <translation>paused, back at {t}</translation>
  </message>
  <message id="desk.strip.window.other">
   <source>不办这一类</source>
   <translation>other services</translation>
  </message>
  <message id="desk.strip.hold">
   <source>挂起 {number}：为什么</source>
   <extracomment>keep: {number}</extracomment>
   <translation>Hold {number}: why</translation>
  </message>
  <message id="desk.strip.hold.hint">
   <source>按数字即挂起，窗口可叫下一位</source>
   <translation>press a number; the window may call the next</translation>
  </message>
  <message id="desk.strip.hold.note">
   <source>别的原因（不要写姓名和证件号）</source>
   <translation>Another reason (no name, no ID number)</translation>
  </message>
  <message id="desk.strip.hold.go">
   <source>挂起</source>
   <translation>Hold</translation>
  </message>
  <message id="desk.hold.reason.fetch">
   <source>回去取材料</source>
   <translation>Fetching papers</translation>
  </message>
  <message id="desk.hold.reason.copy">
   <source>去复印、照相</source>
   <translation>Copies or photo</translation>
  </message>
  <message id="desk.hold.reason.form">
   <source>到一旁填表</source>
   <translation>Filling in a form</translation>
  </message>
  <message id="desk.hold.reason.pay">
   <source>去缴费</source>
   <translation>Paying a fee</translation>
  </message>
  <message id="desk.hold.reason.ask">
   <source>等部门答复</source>
   <translation>Waiting for a reply</translation>
  </message>
  <message id="desk.hold.reason.agent">
   <source>等委托人或家人</source>
   <translation>Waiting for a person</translation>
  </message>
  <message id="desk.hold.reason.put_away">
   <source>已放下</source>
   <translation>Put away</translation>
  </message>
  <message id="desk.strip.resume">
   <source>恢复哪一个</source>
   <translation>Resume which one</translation>
  </message>
  <message id="desk.strip.resume.since">
   <source>已 {n} 分</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} min</translation>
  </message>
  <message id="desk.strip.end_unfiled">
   <source>本次不办：为什么</source>
   <translation>End, not filed: why</translation>
  </message>
  <message id="desk.strip.end_unfiled.hint">
   <source>按数字即结束，填的内容和扫的页不保留</source>
   <translation>a number ends it; nothing typed or scanned is kept</translation>
  </message>
  <message id="desk.strip.end_unfiled.note">
   <source>别的原因</source>
   <translation>Another reason</translation>
  </message>
  <message id="desk.strip.end_unfiled.go">
   <source>本次不办</source>
   <translation>End, not filed</translation>
  </message>
  <message id="desk.unfiled.reason.papers">
   <source>材料不齐，下次再来</source>
   <translation>Papers missing</translation>
  </message>
  <message id="desk.unfiled.reason.not_here">
   <source>不归本大厅办</source>
   <translation>Not done here</translation>
  </message>
  <message id="desk.unfiled.reason.not_entitled">
   <source>不符合条件</source>
   <translation>Conditions not met</translation>
  </message>
  <message id="desk.unfiled.reason.asked_only">
   <source>只是咨询</source>
   <translation>Only asked</translation>
  </message>
  <message id="desk.unfiled.reason.gave_up">
   <source>申请人不办了</source>
   <translation>Applicant gave up</translation>
  </message>
  <message id="desk.unfiled.reason.elsewhere">
   <source>改为网上或别处办</source>
   <translation>Online or elsewhere</translation>
  </message>
  <message id="desk.pause.title">
   <source>暂停服务</source>
   <translation>Pause the window</translation>
  </message>
  <message id="desk.pause.title_now">
   <source>本窗暂停中</source>
   <translation>This window is paused</translation>
  </message>
  <message id="desk.pause.since">
   <source>{t} 起</source>
   <extracomment>keep: {t}</extracomment>
   <translation>since {t}</translation>
  </message>
  <message id="desk.pause.back">
   <source>{t} 恢复</source>
   <extracomment>keep: {t}</extracomment>
   <translation>Back at {t}</translation>
  </message>
  <message id="desk.pause.back_unknown">
   <source>恢复时间未定</source>
   <translation>no time of return</translation>
  </message>
  <message id="desk.pause.late">
   <source>已过恢复时间 {n} 分</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} min past the time of return</translation>
  </message>
  <message id="desk.pause.reason">
   <source>原因</source>
   <translation>Reason</translation>
  </message>
  <message id="desk.pause.reason_hint">
   <source>按数字选</source>
   <translation>press a number</translation>
  </message>
  <message id="desk.pause.time">
   <source>几时回来</source>
   <translation>Back when</translation>
  </message>
  <message id="desk.pause.time_hint">
   <source>← → 选</source>
   <translation>← → to choose</translation>
  </message>
  <message id="desk.pause.minutes">
   <source>{n} 分，{t}</source>
   <extracomment>keep: {n} {t}</extracomment>
   <translation>{n} min, {t}</translation>
  </message>
  <message id="desk.pause.unknown">
   <source>说不准</source>
   <translation>Not known</translation>
  </message>
  <message id="desk.pause.told">
   <source>大厅屏和窗口屏显示暂停和恢复时间，号码不会叫到本窗。</source>
   <translation>The hall and window displays say so, and no number is called to this window.</translation>
  </message>
  <message id="desk.pause.untold">
   <source>排队服务没有连上，连上后大厅屏才会显示；本窗已停。</source>
   <translation>The queue cannot be reached; the hall will show it when the line is back. The window is paused.</translation>
  </message>
  <message id="desk.pause.reason.rest">
   <source>短暂离开</source>
   <translation>Short break</translation>
  </message>
  <message id="desk.pause.reason.meal">
   <source>用餐</source>
   <translation>Meal</translation>
  </message>
  <message id="desk.pause.reason.meeting">
   <source>开会</source>
   <translation>Meeting</translation>
  </message>
  <message id="desk.pause.reason.papers">
   <source>整理、送件</source>
   <translation>Sorting papers</translation>
  </message>
  <message id="desk.pause.reason.machine">
   <source>设备故障</source>
   <translation>Device fault</translation>
  </message>
  <message id="desk.pause.reason.shift">
   <source>交接班</source>
   <translation>Change of shift</translation>
  </message>
  <message id="desk.ticket.paused_back">
   <source>{t} 恢复</source>
   <extracomment>keep: {t}</extracomment>
   <translation>Back at {t}</translation>
  </message>
  <message id="desk.ticket.paused_for">
   <source>已暂停</source>
   <translation>Paused for</translation>
  </message>
  <message id="desk.ticket.from_window">
   <source>{n} 号窗口转来</source>
   <extracomment>keep: {n}</extracomment>
   <translation>from window {n}</translation>
  </message>
  <message id="desk.queue.called_out">
   <source>已叫 3 次，没有人来可按 F4 过号</source>
   <translation>Called 3 times; F4 if nobody comes</translation>
  </message>
  <message id="desk.idle.number_keys">
   <source>数字打开，↑ ↓ 选择，Enter 打开</source>
   <translation>number opens, or ↑ ↓ and Enter</translation>
  </message>
  <message id="desk.idle.held_for">
   <source>{reason}，已 {n} 分</source>
   <extracomment>keep: {reason} {n}</extracomment>
   <translation>{reason}, {n} min</translation>
  </message>
  <message id="desk.idle.unread">
   <source>{n} 条未读</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n} new</translation>
  </message>
  <message id="desk.idle.all_read">
   <source>{n} 条，都已读</source>
   <extracomment>keep: {n}</extracomment>
   <translation>{n}, all read</translation>
  </message>
  <message id="desk.idle.is_read">
   <source>已读</source>
   <translation>read</translation>
  </message>
  <message id="desk.idle.asking">
   <source>正在查</source>
   <translation>Asking</translation>
  </message>
  <message id="desk.idle.cases_away">
   <source>没有连上中心服务，联网后可看；不影响叫号受理</source>
   <translation>The centre cannot be reached; shown when the line is back. Calling and reception go on</translation>
  </message>
  <message id="desk.idle.cases_none">
   <source>现在没有了</source>
   <translation>Nothing left</translation>
  </message>
  <message id="desk.idle.due">
   <source>承诺 {t}</source>
   <extracomment>keep: {t}</extracomment>
   <translation>promised by {t}</translation>
  </message>
  <message id="desk.open.unprinted_note">
   <source>F12 打印</source>
   <translation>F12 prints</translation>
  </message>
  <message id="desk.open.set_aside_note">
   <source>看原因，Ctrl+R 再送</source>
   <translation>see why; Ctrl+R sends again</translation>
  </message>
  <message id="desk.toast.hold.done">
   <source>{number} 已挂起，按 F6 恢复</source>
   <extracomment>keep: {number}</extracomment>
   <translation>{number} is on hold, F6 resumes</translation>
  </message>
  <message id="desk.toast.hold.none">
   <source>没有挂起的号</source>
   <translation>Nothing is on hold</translation>
  </message>
  <message id="desk.toast.hold.nobody">
   <source>来人读证后才能挂起；没有人来按 F4 过号</source>
   <translation>Hold once the person is here; F4 if nobody comes</translation>
  </message>
  <message id="desk.toast.hold.done_visit">
   <source>这一位已办结，先按 F2 或结束</source>
   <translation>This visit is done; F2 or finish first</translation>
  </message>
  <message id="desk.toast.transfer.done">
   <source>{number} 已转到 {n} 号窗口，请告诉申请人</source>
   <extracomment>keep: {number} {n}</extracomment>
   <translation>{number} sent to window {n}; tell the applicant</translation>
  </message>
  <message id="desk.toast.transfer.nothing">
   <source>没有正在办的号，不用转</source>
   <translation>No number to transfer</translation>
  </message>
  <message id="desk.toast.pause.over">
   <source>本窗已恢复服务</source>
   <translation>The window is open again</translation>
  </message>
  <message id="desk.toast.pause.serving">
   <source>办完或挂起这一位后再暂停</source>
   <translation>Finish or hold this visit, then pause</translation>
  </message>
  <message id="desk.toast.end.nothing">
   <source>没有正在办理的</source>
   <translation>No visit is open</translation>
  </message>
  <message id="desk.toast.lock.taken_over">
   <source>本窗由 {name} 接着办，已记入日志</source>
   <extracomment>keep: {name}</extracomment>
   <translation>{name} goes on at this window; the journal has it</translation>
  </message>
  <message id="desk.toast.central.nobody_serves">
   <source>那个窗口现在不收这个号，请另选</source>
   <translation>That window does not take it now; choose another</translation>
  </message>
 </context>
</TS>
